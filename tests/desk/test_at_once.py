"""Forms that are sent at the same moment: PostgreSQL lets each look before any of the others has stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, local
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role, assign_roles
from blog import publishing
from blog.models import Category, Post, Series, Tag
from tests.conftest import MakePost, MakeUser
from tests.html import form_data

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
ADD = "/admin/blog/post/add/"
MANY = 6
TogetherAt = Callable[..., None]


@pytest.fixture
def together_at() -> Iterator[TogetherAt]:
    """together_at(Post, "address") lets all threads reach their first such save before any goes on."""
    connected: list[tuple[Any, Any]] = []

    def hold(model: Any, field: str = "", parties: int = MANY) -> None:
        barrier, seen = Barrier(parties, timeout=30), local()

        def wait(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
            if (not field or field in (update_fields or ())) and not hasattr(seen, "once"):
                seen.once = True
                barrier.wait()

        pre_save.connect(wait, sender=model)
        connected.append((wait, model))

    yield hold
    for receiver, model in connected:
        pre_save.disconnect(receiver, sender=model)


@pytest.fixture
def edda(make_user: MakeUser) -> User:
    user = make_user("edda", is_superuser=True, is_staff=True)
    assign_roles(user=user, roles=[Role.EDITOR])
    return user


def all_at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    def run(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def sender(user: User, address: str, form_id: str, **fields: Any) -> Callable[[], Any]:
    """The press of the button, with the page opened already."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    data = form_data(client.get(address).text, form_id=form_id) | fields
    body = urlencode(data, doseq=True)
    return lambda: client.post(address, body, "application/x-www-form-urlencoded")


def new_post(user: User, **fields: Any) -> Callable[[], Any]:
    return sender(user, ADD, "post_form", title="Fog", body="Words.", **fields)


def test_one_form_of_a_new_post_makes_one_post(edda: User, together_at: TogetherAt) -> None:
    uid = form_data(opened(edda), form_id="post_form")["uid"]
    together_at(Post)
    answers = all_at_once([new_post(edda, uid=uid, _publish="1") for _ in range(MANY)])
    assert sorted(answer.status_code for answer in answers) == [200] * (MANY - 1) + [302]
    assert Post.objects.count() == 1
    for answer in answers:
        if answer.status_code == 200:
            assert "This form was sent before" in answer.text
            assert "already exists" not in answer.text


def opened(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(ADD).text


def test_new_posts_of_one_title_are_numbered(edda: User, together_at: TogetherAt) -> None:
    together_at(Post, "address")
    answers = all_at_once([new_post(edda, _publish="1") for _ in range(MANY)])
    assert [answer.status_code for answer in answers] == [302] * MANY
    slugs = {post.get_absolute_url().split("/")[-2] for post in Post.objects.all()}
    assert slugs == {"fog", *(f"fog-{number}" for number in range(2, MANY + 1))}


def test_drafts_of_one_title_are_numbered_whoever_publishes_them(
    make_post: MakePost, together_at: TogetherAt
) -> None:
    drafts = [make_post("Fog", live=False) for _ in range(MANY)]
    together_at(Post, "address")
    all_at_once([partial(publishing.publish, post=post, by=None) for post in drafts])
    assert Post.objects.live().values("address").distinct().count() == MANY


@pytest.mark.parametrize(
    ("model", "address", "fields"),
    [
        (Series, "blog/series", {"title": "Fog"}),
        (Category, "blog/category", {"name": "Fog"}),
        (Author, "accounts/author", {"name": "Fog"}),
    ],
)
def test_things_of_one_name_are_numbered(
    edda: User, together_at: TogetherAt, model: Any, address: str, fields: dict[str, str]
) -> None:
    kind = address.split("/")[1]
    add = f"/admin/{address}/add/"
    jobs = [sender(edda, add, f"{kind}_form", **fields) for _ in range(MANY)]
    together_at(model)
    assert [answer.status_code for answer in all_at_once(jobs)] == [302] * MANY
    slugs = set(model.objects.filter(slug__startswith="fog").values_list("slug", flat=True))
    assert slugs == {"fog", *(f"fog-{number}" for number in range(2, MANY + 1))}


@pytest.mark.parametrize(
    ("model", "kind", "fields"),
    [(Tag, "tag", {"name": "Fog"}), (Series, "series", {"title": "Fog", "slug": "fog"})],
)
def test_what_can_be_there_once_is_refused_in_words(
    edda: User, together_at: TogetherAt, model: Any, kind: str, fields: dict[str, str]
) -> None:
    jobs = [sender(edda, f"/admin/blog/{kind}/add/", f"{kind}_form", **fields) for _ in range(MANY)]
    together_at(model)
    answers = all_at_once(jobs)
    assert sorted(answer.status_code for answer in answers) == [200] * (MANY - 1) + [302]
    assert model.objects.count() == 1


def test_two_that_join_a_family_in_one_language_take_turns(
    edda: User, make_post: MakePost, together_at: TogetherAt
) -> None:
    original = make_post("Original")
    both = [make_post(name, language="fr") for name in ("Un", "Deux")]
    jobs = [
        sender(edda, f"/admin/blog/post/{p.pk}/change/", "post_form", translation_of=original.pk)
        for p in both
    ]
    answers = all_at_once(jobs)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert any("in one language twice" in answer.text for answer in answers)
    assert Post.objects.filter(translation_of=original).count() == 1
