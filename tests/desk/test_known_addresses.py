"""An address that readers once knew is never lost, whatever its post goes through before the next one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Post
from tests.conftest import MakePost
from tests.desk.conftest import Submit
from tests.html import form_data

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
LATER = {"published_at_0": "2026-03-20", "published_at_1": "06:00"}
PAST = {"published_at_0": "2026-02-02", "published_at_1": "06:00"}
NEXT_MONTH = {"published_at_0": "2026-04-20", "published_at_1": "06:00"}


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def address(post: Post) -> str:
    post.refresh_from_db()
    return unquote(post.get_absolute_url())


@pytest.fixture
def known(make_post: MakePost, ada: User, time_machine: Any) -> Post:
    time_machine.move_to(NOON)
    return make_post("Known", authors=[ada.author], at=NOON - timedelta(hours=1))


@pytest.mark.parametrize(
    "presses", [["_withdraw", "_save"], ["_withdraw+"], ["_withdraw", "_draft+"]]
)
def test_a_slug_typed_while_nobody_can_read_it_is_kept(
    desk: Client, submit: Submit, known: Post, presses: list[str]
) -> None:
    former = address(known)
    for press in presses:
        typed = {} if press == "_withdraw" else {"slug": "new"}
        submit(desk, change(known), button=press.strip("+"), **typed)
    form = form_data(desk.get(change(known)).text, form_id="post_form")
    assert form["slug"] == ["new"]
    submit(desk, change(known), button="_publish")
    assert address(known) == "/2026/03/new/"
    assert Client().get(former)["Location"] == "/2026/03/new/"


def test_a_live_post_that_gets_a_later_date_is_found_again(
    desk: Client, submit: Submit, known: Post
) -> None:
    submit(desk, change(known), **LATER)
    assert Client().get("/2026/03/known/").status_code == 404
    submit(desk, change(known), slug="other", **PAST)
    assert Client().get("/2026/03/known/")["Location"] == "/2026/02/other/"


def test_so_is_one_that_becomes_a_draft_from_there(
    desk: Client, submit: Submit, known: Post, time_machine: Any
) -> None:
    submit(desk, change(known), **LATER)
    submit(desk, change(known), button="_draft")
    submit(desk, change(known), button="_publish", **NEXT_MONTH)
    time_machine.move_to(NOON + timedelta(days=60))
    assert Client().get("/2026/03/known/")["Location"] == "/2026/04/known/"


def test_nobody_else_gets_its_address_meanwhile(
    desk: Client, submit: Submit, known: Post, make_post: MakePost
) -> None:
    submit(desk, change(known), **LATER)
    submit(desk, change(known), button="_draft")
    assert address(make_post("Known", at=NOON)) == "/2026/03/known-2/"


def test_a_schedule_whose_time_came_made_its_address_known(
    desk: Client, submit: Submit, ada: User, make_post: MakePost, time_machine: Any
) -> None:
    time_machine.move_to(NOON)
    post = make_post("Known", authors=[ada.author], at=NOON + timedelta(days=1))
    time_machine.move_to(NOON + timedelta(days=2))
    submit(desk, change(post), **LATER)
    submit(desk, change(post), button="_draft")
    submit(desk, change(post), button="_publish", slug="other")
    time_machine.move_to(NOON + timedelta(days=20))
    assert Client().get("/2026/03/known/")["Location"] == "/2026/03/other/"


def test_an_address_known_before_the_last_one_stays_known_on_the_way_back(
    desk: Client, submit: Submit, known: Post, time_machine: Any
) -> None:
    submit(desk, change(known), slug="other")
    submit(desk, change(known), slug="known", **LATER)
    assert Client().get("/2026/03/other/").status_code == 404
    submit(desk, change(known), button="_draft")
    submit(desk, change(known), button="_publish", slug="third", **PAST)
    for former in ("known", "other"):
        assert Client().get(f"/2026/03/{former}/")["Location"] == "/2026/02/third/"


def test_what_is_live_where_it_was_known_never_leads_to_itself(
    desk: Client, submit: Submit, known: Post, time_machine: Any
) -> None:
    submit(desk, change(known), **LATER)
    time_machine.move_to(NOON + timedelta(days=20))
    assert Client().get("/2026/03/known/").status_code == 200
    for page in ("?page=9", "feed/", "nothing/", "?replies=9"):
        assert Client().get(f"/2026/03/known/{page}").status_code in {200, 404}
