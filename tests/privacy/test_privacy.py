"""What is stored about a replier is what `docs/privacy.md` says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from background import tasks as background
from blog.models import Post
from comments.mail_links import MINE
from comments.models import Comment
from outbox import tasks as outbox
from privacy import retention
from tests.conftest import MakeUser
from tests.pictures.samples import camera_exif, encoded, half_and_half
from tests.replies import MakeReply, take_replies

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
SENT = {
    "the name that was typed": "Wim Zoutkamp",
    "the e-mail address": "wim.z@example.org",
    "the website": "https://zoutkamp.example/",
    "the domain of the website, and those that the name and the text name": "zoutkamp.example",
    "the text": "A memorable sentence.",
    "the network address": "203.0.113.77",
    "the browser": "Merkwaardig/1.0",
    "the page they came from": "https://elsewhere.example/",
}
HASHED = {"comments_comment.address_hash", "cache.cache_key"}
IN_THE_MAIL = {"outbox_mail.message", "outbox_mail.recipients"}


@pytest.fixture(autouse=True)
def cache_in_the_database(settings: Any, db: None) -> None:
    """Where sites have it if nothing else is set, so that what it holds is read here too."""
    database = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": database, "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture
def guest() -> Client:
    return new_browser()


def new_browser() -> Client:
    return Client(
        REMOTE_ADDR=SENT["the network address"],
        headers={
            "User-Agent": SENT["the browser"],
            "Referer": SENT["the page they came from"],
            "Sec-Fetch-Site": "same-origin",
        },
    )


def told_of(what: str) -> set[str]:
    """The columns that the page names for this."""
    return set(re.findall(r"`(\w+\.\w+)`", cells_about(what)[1]))


def cells_about(what: str) -> list[str]:
    """Of the one row of the page about this."""
    (row,) = [line for line in PAGE.read_text().splitlines() if line.startswith(f"| {what} |")]
    return cells_of(row)


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def columns_with(text: str) -> set[str]:
    """Every column of the database in which this text stands, in any capitals."""
    sought, found = text.lower(), set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{name}"
                    for name, value in zip(names, row, strict=True)
                    if sought in readable(value).lower()
                }
    return found


def thank(browser: Client, reply: Comment) -> Any:
    return browser.post("/comments/thanks/", {"give": reply.pk})


def cache_keys() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        return {key for (key,) in cursor.fetchall()}


def readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace")
    return str(value)


def test_the_database_holds_what_the_page_says_and_nothing_else(
    guest: Client, post: Post, make_reply: MakeReply, settings: Any, run_tasks: Callable[[], Any]
) -> None:
    other = make_reply(post)
    settings.EMAIL_BACKEND = "outbox.backend.Outbox"
    settings.PARLEY_MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    take_replies(policy="confirmed")
    guest.get(post.get_absolute_url())
    form = guest.get(f"/{post.address}/reply/")
    sent = {
        "name": SENT["the name that was typed"],
        "email": SENT["the e-mail address"],
        "website": SENT["the website"],
        "reply": SENT["the text"],
        "answers": "on",
        "key": form.context["key"],
    }
    assert guest.post(f"/{post.address}/reply/", sent).status_code == 303
    assert thank(guest, other).status_code == 303
    assert guest.post(f"/comments/{other.pk}/report/", {"reason": "rude"}).status_code == 303
    for what, text in SENT.items():
        assert columns_with(text) - IN_THE_MAIL == told_of(what) - HASHED, what
    assert Comment.objects.exclude(pk=other.pk).get().address_hash
    assert cache_keys()
    run_tasks()
    run_tasks()
    for text in SENT.values():
        assert not columns_with(text) & IN_THE_MAIL


def test_the_cache_knows_a_browser_by_another_key_each_week_and_forgets_it_within_two_hours(
    post: Post, make_reply: MakeReply, run_tasks: Callable[[], Any]
) -> None:
    reply = make_reply(post)
    weeks = []
    with time_machine.travel(datetime(2030, 5, 1, 12, tzinfo=UTC), tick=False) as clock:
        for _week in range(2):
            run_tasks()
            thank(new_browser(), reply)
            weeks.append(cache_keys())
            clock.shift(timedelta(hours=2))
            run_tasks()
            assert cache_keys() == set()
            clock.shift(timedelta(days=7))
    assert all(weeks)
    assert not set.intersection(*weeks)


def test_an_address_that_a_link_was_asked_for_is_kept_where_the_page_says_and_for_a_day(
    guest: Client, run_tasks: Callable[[], Any]
) -> None:
    """Also one that is not known here, as the request does not know."""
    asked = "nobody.at.all@example.org"
    with time_machine.travel(datetime(2030, 5, 1, 12, tzinfo=UTC), tick=False) as clock:
        assert guest.post("/comments/find/", {"email": asked}).status_code == 200
        assert columns_with(asked) == told_of("that a link to all of it was asked for")
        run_tasks()
        clock.shift(background.KEPT_FOR + timedelta(hours=1))
        run_tasks()
        assert columns_with(asked) == set()
    assert "a day after" in cells_about("that a link to all of it was asked for")[2]


@pytest.mark.django_db(transaction=True)
def test_of_a_portrait_a_picture_of_our_own_is_kept_under_a_random_name_and_nothing_else(
    client: Client, make_user: Any, settings: Any
) -> None:
    client.force_login(make_user("mina"))
    client.get("/")
    photo = encoded(half_and_half(), exif=camera_exif())
    sent = SimpleUploadedFile("zolderkamer.jpg", photo, content_type="image/jpeg")
    client.post("/accounts/profile/", {"own-portrait": sent})
    files = list(Path(settings.MEDIA_ROOT).rglob("*.*"))
    file = min(files, key=lambda path: len(path.name))  # smaller ones have a longer name
    assert columns_with(file.name) == told_of("the portrait that an account gave itself")
    assert columns_with("zolderkamer") == set()
    assert client.get("/comments/mine/download/").json()["portrait"].endswith(f"/{file.name}")
    assert "The portrait in your profile" in client.get("/comments/mine/erase/").text
    client.post("/comments/mine/erase/")
    assert columns_with(file.name) == set()
    assert [path for path in files if path.exists()] == []
    assert client.get("/comments/mine/download/").json()["portrait"] == ""
    assert "The portrait in your profile" not in client.get("/comments/mine/erase/").text


def test_of_an_account_and_of_what_it_reports_is_kept_what_the_page_says(
    client: Client, post: Post, make_user: MakeUser, make_reply: MakeReply
) -> None:
    other = make_reply(post)
    client.force_login(make_user("mina", display_name="Mina Zoutkamp"))
    client.post(f"/{post.address}/reply/", {"reply": "Hi."})
    report = {"reason": "rude", "note": "Nonsense about Zeeland."}
    assert client.post(f"/comments/{other.pk}/report/", report).status_code == 303
    assert columns_with("Mina Zoutkamp") == told_of("the name of an account")
    assert columns_with(report["note"]) == told_of("what was reported")


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        ("the network address", retention.ADDRESS_HASHES),
        ("the e-mail address", retention.UNCONFIRMED_FOLLOWS),
        ("the text", retention.UNWANTED_REPLIES),
        ("what was reported", retention.CLOSED_REPORTS),
        ("by what a moderator's rule knows somebody", retention.RULES_THAT_ARE_OVER),
        ("by what a moderator's rule knows somebody", retention.ADDRESS_HASHES),
        ("that a mail is on its way", outbox.UNSENT_KEPT_FOR),
        ("that a mail is on its way", background.PARKED_KEPT_FOR),
        ("that a link to all of it was asked for", background.PARKED_KEPT_FOR),
        ("that a link to all of it was mailed", outbox.KEYS_KEPT_FOR),
    ],
)
def test_the_page_names_the_times_that_hold(what: str, kept: timedelta) -> None:
    assert f"{kept.days} days" in cells_about(what)[2]


def test_every_cookie_of_the_conversation_is_named_and_no_other(
    guest: Client, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    """Every button is pressed that a guest has, and then somebody signs in."""
    other = make_reply(post)
    page = f"/{post.address}/"
    sent = {"name": "Wim", "email": "w@example.org", "reply": "Hi.", "remember": "on"}
    assert guest.post(f"{page}reply/", sent).status_code == 303
    mine = f"/comments/{Comment.objects.exclude(pk=other.pk).get().pk}/"
    everything = f"/comments/mine/{MINE.sign('w@example.org')}/"
    for address, pressed in {
        "/comments/thanks/": {"give": other.pk},
        f"/comments/{other.pk}/report/": {"reason": "rude"},
        f"{page}replies/read/": {"until": "1"},
        f"{page}follow/": {"email": "w@example.org"},
        f"{mine}edit/": {"reply": "Hello."},
        f"{mine}delete/": {},
        f"{everything}erase/": {},
    }.items():
        guest.get(address)
        assert guest.post(address, pressed).status_code == 303, address
    guest.post("/language/", {"language": "nl"})
    make_user("mina")
    guest.post("/accounts/login/", {"login": "mina", "password": "correct horse"})
    assert set(guest.cookies) == {cells[0].strip("`") for cells in cookie_table()}


def cookie_table() -> list[list[str]]:
    _before, _heading, table = PAGE.read_text().partition("| cookie |")
    rows = table.partition("\n\n")[0].splitlines()[2:]
    return [cells_of(row) for row in rows]


def test_a_reader_who_writes_nothing_carries_no_cookie(guest: Client, post: Post) -> None:
    for path in ("/", post.get_absolute_url(), "/feed/", "/comments/feed/"):
        guest.get(path)
    assert not guest.cookies
