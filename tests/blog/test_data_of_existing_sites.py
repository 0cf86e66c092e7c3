"""What the migrations make of tags, drafts and families that a site had before."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from blog.models import Post, Tag
from tests.conftest import MakePost

MIGRATION: Any = import_module("blog.migrations.0006_what_follows_from_names_and_titles")
pytestmark = pytest.mark.django_db


def test_tags_are_found_by_their_names(make_post: MakePost) -> None:
    Tag.objects.bulk_create([Tag(name="Zürich", slug="z"), Tag(name="C++", slug="c")])
    MIGRATION.fold_names_of_tags(apps, None)
    post = make_post("Trains", tags=["ZÜRICH", "C"])
    assert {tag.slug for tag in post.tags.all()} == {"z", "c-2"}


@pytest.mark.parametrize(
    ("slug", "kept"), [("working-title", ""), ("final-title", ""), ("mine", "mine")]
)
def test_a_draft_keeps_the_slug_alone_that_somebody_wrote(
    make_post: MakePost, slug: str, kept: str
) -> None:
    post = make_post("Working title", live=False)
    Post.objects.update(title="Final title", slug=slug)
    MIGRATION.free_slugs_of_drafts(apps, None)
    post.refresh_from_db()
    assert post.slug == kept


def test_what_has_an_address_keeps_its_slug(make_post: MakePost) -> None:
    post = make_post("Known")
    MIGRATION.free_slugs_of_drafts(apps, None)
    post.refresh_from_db()
    assert post.slug == "known"


@pytest.mark.parametrize(
    ("named", "straight"),
    [
        ({1: 0, 2: 1, 3: 2}, {1: 0, 2: 0, 3: 0}),
        ({0: 1, 1: 0, 2: 1}, {1: 0, 2: 0}),
        ({0: 0, 1: 0}, {1: 0}),
        ({1: 0, 2: 0}, {1: 0, 2: 0}),
    ],
)
def test_families_are_straightened(
    make_post: MakePost, named: dict[int, int], straight: dict[int, int]
) -> None:
    posts = [make_post(f"Post {number}") for number in range(4)]
    for one, original in named.items():
        Post.objects.filter(pk=posts[one].pk).update(translation_of=posts[original])
    MIGRATION.straighten_families(apps, None)
    keys = [post.pk for post in posts]
    found = Post.objects.exclude(translation_of=None).values_list("pk", "translation_of_id")
    assert {keys.index(one): keys.index(original) for one, original in found} == straight
