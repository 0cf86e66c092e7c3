"""The last part of a post's address: made from the title, or written by its author."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import publishing
from blog.models import Post
from tests.conftest import MakePost
from tests.desk.conftest import Submit
from tests.html import form_data

ADD = "/admin/blog/post/add/"


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def last_part(post: Post) -> str:
    post.refresh_from_db()
    return unquote(post.get_absolute_url()).split("/")[-2]


def test_a_slug_follows_the_title_until_the_post_is_published(desk: Client, submit: Submit) -> None:
    submit(desk, ADD, title="Working title", body="Words.")
    post = Post.objects.get()
    submit(desk, change(post), title="Final title")
    submit(desk, change(post), button="_publish")
    assert last_part(post) == "final-title"
    submit(desk, change(post), title="Corrected title")
    assert last_part(post) == "final-title"


def test_a_slug_that_somebody_wrote_stays(desk: Client, submit: Submit) -> None:
    submit(desk, ADD, title="Working title", body="Words.", slug="mine")
    post = Post.objects.get()
    submit(desk, change(post), button="_publish", title="Final title")
    assert last_part(post) == "mine"


def test_a_scheduled_post_follows_its_title_until_it_appears(
    desk: Client, submit: Submit, time_machine: Any
) -> None:
    day = timezone.localtime() + timedelta(days=3)
    date = {"published_at_0": f"{day:%Y-%m-%d}", "published_at_1": "06:00"}
    submit(desk, ADD, button="_publish", title="Working title", body="Words.", **date)
    post = Post.objects.get()
    submit(desk, change(post), title="Final title")
    assert last_part(post) == "final-title"
    time_machine.move_to(day + timedelta(days=1))
    form = form_data(desk.get(change(post)).text, form_id="post_form")
    assert form["slug"] == ["final-title"]
    submit(desk, change(post), title="Corrected title")
    assert last_part(post) == "final-title"
    assert Client().get(post.get_absolute_url()).status_code == 200


def test_a_schedule_that_was_taken_back_freezes_nothing(
    desk: Client, submit: Submit, time_machine: Any
) -> None:
    day = timezone.localtime() + timedelta(days=3)
    date = {"published_at_0": f"{day:%Y-%m-%d}", "published_at_1": "06:00"}
    submit(desk, ADD, button="_publish", title="Working title", body="Words.", **date)
    post = Post.objects.get()
    former = post.get_absolute_url()
    submit(desk, change(post), button="_draft")
    time_machine.move_to(day + timedelta(days=1))
    submit(desk, change(post), title="Better title")
    submit(desk, change(post), button="_publish", title="Final title")
    assert last_part(post) == "final-title"
    assert Client().get(former).status_code == 404


def test_emptying_the_slug_of_what_is_live_makes_it_anew(
    desk: Client, submit: Submit, ada: User, make_post: MakePost
) -> None:
    post = make_post("First name", authors=[ada.author])
    former = post.get_absolute_url()
    submit(desk, change(post), title="Second name", slug="")
    assert last_part(post) == "second-name"
    assert Client().get(former)["Location"] == post.get_absolute_url()


def test_a_post_that_moves_while_it_is_withdrawn_is_found_again(make_post: MakePost) -> None:
    post = make_post("Known")
    former = post.get_absolute_url()
    publishing.withdraw(post=post, by=None)
    post.slug = "better-known"
    publishing.publish(post=post, by=None)
    assert Client().get(former)["Location"] == post.get_absolute_url()


def test_the_preview_of_a_draft_needs_no_slug(desk: Client, submit: Submit) -> None:
    submit(desk, ADD, title="Working title", body="Words.")
    post = Post.objects.get()
    assert desk.get(f"/preview/{post.uid}/").status_code == 200
    assert f"/preview/{post.uid}/" in desk.get(change(post)).text


@pytest.mark.parametrize(
    ("title", "slug"),
    [("हिन्दी में ब्लॉग", "हिन्दी-में-ब्लॉग"), ("İstanbul", "istanbul"), ("🎉", "post")],
)
def test_a_title_of_any_script_makes_an_address_that_answers(
    make_post: MakePost, title: str, slug: str
) -> None:
    post = make_post(title)
    assert last_part(post) == slug
    assert Client().get(post.get_absolute_url()).status_code == 200


def test_a_written_slug_may_have_marks_and_is_one_however_they_are_typed(
    desk: Client, submit: Submit
) -> None:
    submit(desk, ADD, button="_publish", title="T", body="Words.", slug="cafe\u0301-हिन्दी")
    assert last_part(Post.objects.get()) == "caf\u00e9-हिन्दी"


def test_a_written_slug_that_is_taken_gets_a_number_and_keeps_its_capitals(
    make_post: MakePost,
) -> None:
    make_post("One", slug="Mine")
    assert last_part(make_post("Two", slug="Mine")) == "Mine-2"
