"""Thanking for a reply: once per reader, taken back, counted right, and by nobody else's page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html

from blog import publishing
from blog.models import Post
from comments.models import Comment, Status, Thanks
from moderation.deciding import decide
from tests.conftest import MakeUser
from tests.replies import MakeReply, Send

THANK = "/comments/thanks/"
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def reply(post: Post, make_reply: MakeReply) -> Comment:
    return make_reply(post)


def number_of(reply: Comment) -> tuple[int, int]:
    """As counted on the reply, and as there are rows."""
    reply.refresh_from_db()
    return reply.thanks_count, Thanks.objects.filter(comment=reply).count()


def give(client: Client, reply: Comment, **told: Any) -> Any:
    return client.post(THANK, {"give": reply.pk}, **told)


def button(client: Client, reply: Comment) -> Any:
    page = html.fromstring(client.get(reply.post.get_absolute_url()).text)
    (found,) = page.xpath(f"//li[@id='comment-{reply.pk}']//button[@form='thanks']") or [None]
    return found


def test_a_reader_thanks_without_an_account_and_comes_back_to_the_reply(
    client: Client, reply: Comment
) -> None:
    answer = give(client, reply)
    assert answer.status_code == 303
    assert answer["Location"] == f"{reply.post.get_absolute_url()}#comment-{reply.pk}"
    assert number_of(reply) == (1, 1)
    pressed = button(client, reply)
    assert pressed.get("aria-pressed") == "true"
    assert pressed.get("name") == "take"
    assert pressed.text_content().split() == ["Thanks", "1"]


def test_the_way_back_leads_to_the_page_that_was_read(client: Client, reply: Comment) -> None:
    answer = client.post(THANK, {"give": reply.pk, "back": "?sort=newest&thread=3"})
    url = reply.post.get_absolute_url()
    assert answer["Location"] == f"{url}?sort=newest&thread=3#comment-{reply.pk}"
    answer = client.post(THANK, {"take": reply.pk, "back": "//evil.example/?sort=no"})
    assert answer["Location"] == f"{url}#comment-{reply.pk}"


def test_thanks_are_given_once_and_can_be_taken_back(client: Client, reply: Comment) -> None:
    for verb, number in (("give", 1), ("give", 1), ("take", 0), ("take", 0), ("give", 1)):
        client.post(THANK, {verb: reply.pk})
        assert number_of(reply) == (number, number)


def test_each_reader_counts_and_sees_the_own_thanks_alone(client: Client, reply: Comment) -> None:
    give(client, reply, HTTP_USER_AGENT="one")
    other = Client()
    assert button(other, reply).get("aria-pressed") == "false"
    give(other, reply, HTTP_USER_AGENT="two")
    assert number_of(reply) == (2, 2)


def test_an_account_counts_once_on_all_its_devices(
    client: Client, reply: Comment, make_user: MakeUser
) -> None:
    ada, other = make_user("ada"), Client()
    for browser in (client, other):
        browser.force_login(ada)
        give(browser, reply)
    assert number_of(reply) == (1, 1)
    assert "browser" not in client.cookies


def test_a_first_thanks_pressed_twice_before_the_answer_counts_once(reply: Comment) -> None:
    """Neither request carries the cookie that the first answer brings."""
    first, second = Client(), Client()
    give(first, reply)
    give(second, reply)
    assert number_of(reply) == (1, 1)
    assert (
        first.cookies["browser"].value.split(":")[0]
        == second.cookies["browser"].value.split(":")[0]
    )


@pytest.mark.django_db(transaction=True)
def test_thanks_given_in_many_tabs_at_once_count_once(client: Client, reply: Comment) -> None:
    client.post(THANK, {"take": reply.pk})

    def press(verb: str) -> int:
        tab = Client()
        tab.cookies = client.cookies
        try:
            return int(tab.post(THANK, {verb: reply.pk}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as tabs:
        assert set(tabs.map(press, ["give"] * 8)) == {303}
    assert number_of(reply) == (1, 1)
    with ThreadPoolExecutor(4) as tabs:
        assert set(tabs.map(press, ["take"] * 8)) == {303}
    assert number_of(reply) == (0, 0)


def test_a_script_hears_how_it_stands(client: Client, reply: Comment) -> None:
    answer = client.post(f"{THANK}?fragment=1", {"give": reply.pk})
    assert answer.json() == {"number": 1, "given": True}


def test_a_reader_who_does_nothing_carries_no_cookie_and_gets_the_same_bytes(
    client: Client, reply: Comment
) -> None:
    url = reply.post.get_absolute_url()
    first, second = client.get(url), Client().get(url)
    assert first.content == second.content
    assert not first.cookies
    assert not client.cookies


def test_nobody_thanks_for_the_own_reply(
    client: Client, post: Post, send: Send, make_reply: MakeReply, make_user: MakeUser
) -> None:
    send(post)
    own = Comment.objects.get()
    decide(comments=[own], decision=Status.APPROVED, by=None)
    assert button(client, own) is None
    assert give(client, own).status_code == 403
    ada = make_user("ada")
    client.force_login(ada)
    accounts_own = make_reply(post, user=ada)
    assert give(client, accounts_own).status_code == 403
    assert not Thanks.objects.exists()


@pytest.mark.parametrize("status", [Status.PENDING, Status.REMOVED, Status.SPAM])
def test_what_readers_do_not_see_takes_no_thanks(
    client: Client, post: Post, make_reply: MakeReply, status: Status
) -> None:
    reply = make_reply(post, status=status)
    assert give(client, reply).status_code == 404
    assert number_of(reply) == (0, 0)


def test_a_post_that_is_away_takes_no_thanks(client: Client, reply: Comment) -> None:
    publishing.withdraw(post=reply.post, by=None)
    assert give(client, reply).status_code == 404
    assert number_of(reply) == (0, 0)


@pytest.mark.parametrize("pk", ["", "0", "x", "-1", "9" * 18, "9" * 40, "١", "1e3"])
def test_thanks_for_nothing_are_not_found(client: Client, db: None, pk: str) -> None:
    assert client.post(THANK, {"give": pk}).status_code == 404


@pytest.fixture(params=["locmem.LocMemCache", "db.DatabaseCache"])
def every_cache(request: pytest.FixtureRequest, settings: Any, db: None) -> None:
    backend = f"django.core.cache.backends.{request.param}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "cache"}}
    cache.clear()


@pytest.mark.usefixtures("every_cache")
def test_an_address_that_thanks_without_end_is_slowed_down(client: Client, reply: Comment) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        codes = [give(client, reply).status_code for _n in range(62)]
        assert codes == [303] * 60 + [429] * 2
        answer = give(client, reply)
        assert answer["Retry-After"] == "600"
        clock.shift(timedelta(seconds=600))
        assert give(client, reply).status_code == 303


@pytest.mark.usefixtures("every_cache")
def test_a_shared_address_that_thanks_now_and_then_is_never_slowed_down(
    client: Client, reply: Comment
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _n in range(70):
            assert give(client, reply).status_code == 303
            clock.shift(timedelta(minutes=4))


@pytest.mark.usefixtures("every_cache")
def test_a_pause_of_some_minutes_does_not_empty_the_count(client: Client, reply: Comment) -> None:
    a_window_begins = datetime(2036, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(a_window_begins, tick=False) as clock:
        for _n in range(60):
            give(client, reply)
        clock.shift(timedelta(minutes=9))
        assert give(client, reply).status_code == 429


@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": "none", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://["},
        {"HTTP_ORIGIN": "http://testserver.evil.example"},
        {"HTTP_REFERER": "https://evil.example/testserver/"},
    ],
)
def test_a_form_on_another_site_does_nothing(
    client: Client, reply: Comment, told: dict[str, str]
) -> None:
    assert give(client, reply, **told).status_code == 403
    assert number_of(reply) == (0, 0)


@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_ORIGIN": "https://blog.example.org:8443"},
        {"HTTP_REFERER": "https://blog.example.org:8443/2011/05/pears/"},
    ],
)
def test_the_public_address_is_this_site_whatever_a_proxy_passes_on(
    client: Client, reply: Comment, settings: Any, told: dict[str, str]
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://blog.example.org:8443"]
    assert give(client, reply, **told).status_code == 303


@pytest.mark.parametrize(
    "told", [HERE, {"HTTP_ORIGIN": "http://testserver"}, {"HTTP_REFERER": "http://testserver/a/"}]
)
def test_a_form_on_this_site_needs_no_token(reply: Comment, told: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert give(strict, reply, **told).status_code == 303


def test_the_cookie_keeps_to_this_site_and_away_from_scripts(
    client: Client, reply: Comment
) -> None:
    cookie = give(client, reply).cookies["browser"]
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]


def test_a_cookie_made_up_counts_as_none(client: Client, reply: Comment) -> None:
    client.cookies["browser"] = "mine:1:forged"
    assert client.get(reply.post.get_absolute_url()).status_code == 200
    assert give(client, reply).status_code == 303
    assert number_of(reply) == (1, 1)
