"""Originals and their translations: one family, alike from every side."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from blog import publishing
from blog.models import Post
from tests.conftest import MakePost
from tests.desk.conftest import Submit


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def alternates(post: Post) -> set[tuple[str, ...]]:
    page = Client().get(post.get_absolute_url()).text
    return set(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))


@pytest.fixture
def family(make_post: MakePost, ada: User) -> list[Post]:
    """An English original, its Dutch translation, and a German text that stands alone."""
    original, alone = (
        make_post(language, language=language, authors=[ada.author]) for language in ("en", "de")
    )
    translation = make_post(
        "nl", language="nl", authors=[ada.author], translation_of=Post.objects.get(pk=original.pk)
    )
    return [original, translation, alone]


def test_who_joins_a_family_brings_along_their_own(
    desk: Client, submit: Submit, family: list[Post]
) -> None:
    original, _translation, alone = family
    assert submit(desk, change(original), translation_of=alone.pk).status_code == 302
    sets = [alternates(post) for post in family]
    assert sets[0] == sets[1] == sets[2]
    assert {language for language, _address in sets[0]} == {"en", "nl", "de", "x-default"}
    assert [post.translation_of_id for post in Post.objects.order_by("pk")] == [
        alone.pk,
        None,
        alone.pk,
    ]


def test_an_editor_that_stood_open_meanwhile_is_told(
    desk: Client, submit: Submit, family: list[Post]
) -> None:
    original, translation, alone = family
    stale = Post.objects.get(pk=translation.pk)
    submit(desk, change(original), translation_of=alone.pk)
    with pytest.raises(publishing.StaleVersion):
        publishing.save_post(post=stale, by=None)


def test_a_language_cannot_be_twice_in_a_family(
    desk: Client, submit: Submit, family: list[Post], make_post: MakePost, ada: User
) -> None:
    original, translation, alone = family
    second = make_post("Second", language="nl", authors=[ada.author])
    page = submit(desk, change(second), translation_of=original.pk)
    assert "in one language twice: Dutch" in page.text
    submit(desk, change(second), language="de")
    assert submit(desk, change(second), translation_of=original.pk).status_code == 302
    # Both families have a German text now.
    page = submit(desk, change(original), translation_of=alone.pk)
    assert "in one language twice: German" in page.text
    page = submit(desk, change(translation), language="en")
    assert "in one language twice: English" in page.text
    page = submit(desk, change(original), language="nl")
    assert "in one language twice: Dutch" in page.text


def test_languages_that_are_there_twice_are_named_in_order(
    desk: Client, submit: Submit, make_post: MakePost, ada: User
) -> None:
    heads = [make_post("Head", language=tag, authors=[ada.author]) for tag in ("en", "nl")]
    for head in heads:
        for tag in ("pt-BR", "af", "de"):
            make_post("One", language=tag, authors=[ada.author], translation_of=head)
    page = submit(desk, change(heads[0]), translation_of=heads[1].pk)
    assert "twice: Afrikaans, German, Portuguese (Brazil)." in page.text


def test_a_family_that_has_one_twice_already_can_be_edited(
    desk: Client, submit: Submit, family: list[Post]
) -> None:
    original, translation, _alone = family
    Post.objects.filter(pk=translation.pk).update(language="en")
    for post in (original, translation):
        assert submit(desk, change(post), title="Edited").status_code == 302


@pytest.mark.parametrize("choice", [0, 1])
def test_neither_the_post_itself_nor_its_own_translation_is_its_original(
    desk: Client, submit: Submit, family: list[Post], choice: int
) -> None:
    page = submit(desk, change(family[0]), translation_of=family[choice].pk)
    assert "Choose the original" in page.text


def test_a_verb_that_names_a_translation_finds_the_original(family: list[Post]) -> None:
    original, translation, alone = family
    alone.translation_of = Post.objects.get(pk=translation.pk)
    publishing.save_post(post=alone, by=None)
    assert Post.objects.get(pk=alone.pk).translation_of_id == original.pk


def test_an_original_that_joined_a_family_meanwhile_is_asked_again(family: list[Post]) -> None:
    original, _translation, alone = family
    late = Post.objects.get(pk=original.pk)
    late.translation_of = Post.objects.get(pk=alone.pk)
    alone.translation_of = Post.objects.get(pk=original.pk)
    publishing.save_post(post=alone, by=None)
    late.version = Post.objects.get(pk=late.pk).version
    publishing.save_post(post=late, by=None)
    families = Post.objects.values_list("pk", "translation_of")
    heads = {head for _pk, head in families if head}
    assert not heads & {pk for pk, head in families if head}


def test_what_is_left_of_a_family_stays_together(family: list[Post]) -> None:
    original, translation, alone = family
    alone.translation_of = Post.objects.get(pk=original.pk)
    publishing.save_post(post=alone, by=None)
    publishing.delete(post=Post.objects.get(pk=original.pk))
    assert alternates(translation) == alternates(alone)
    assert {language for language, _address in alternates(alone)} == {"nl", "de", "x-default"}
