"""What readers and their programs are answered from the page cache (RFC 9110)."""

from __future__ import annotations

import gzip
import time
from typing import Any

import brotli
import pytest
import zstandard

from tests.pagecache.changes import World, hold_a_reply, saved
from tests.pagecache.site import Site, cookie_of, said

pytestmark = pytest.mark.django_db(transaction=True)


def header(made: Any, name: str) -> str | None:
    return next((value for known, value in made.headers if known.lower() == name), None)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, gzip", "zstd"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("gzip;q=0, identity", None),
        ("br;q=nonsense, gzip", "gzip"),
    ],
)
def test_the_best_coding_that_is_accepted(
    accepted: str, coding: str | None, world: World, site: Site
) -> None:
    headers = {"HTTP_ACCEPT_ENCODING": accepted} if accepted else {}
    plain = site.anew("/").body
    for made in (site.get("/", **headers), site.get("/", **headers)):
        unpack: Any = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}.get(
            coding, zstandard.ZstdDecompressor().decompress
        )
        assert unpack(made.body) == plain
        assert header(made, "content-encoding") == coding
        assert header(made, "content-length") == str(len(made.body))
        assert header(made, "vary") == "Accept-Encoding, Accept-Language, Cookie"


def test_each_coding_has_its_own_tag_and_a_known_one_is_answered_304(
    world: World, site: Site
) -> None:
    tags = {header(site.get("/", HTTP_ACCEPT_ENCODING=one), "etag") for one in ("", "gzip", "br")}
    assert len(tags) == 3
    tag = header(site.get("/", HTTP_ACCEPT_ENCODING="br"), "etag")
    known = {"HTTP_ACCEPT_ENCODING": "br", "HTTP_IF_NONE_MATCH": f'"else", W/{tag}'}
    made = site.get("/", **known)
    assert (made.status, made.body) == (304, b"")
    assert {name.lower() for name, _ in made.headers} == {"cache-control", "etag", "vary"}
    assert site.get("/", **known | {"HTTP_IF_NONE_MATCH": "*"}).status == 304
    assert site.get("/", **known | {"HTTP_ACCEPT_ENCODING": "gzip"}).status == 200
    world.posts[0].delete()
    assert site.get("/", **known).status == 304  # past the site's functions: nobody told


def test_a_feed_is_answered_304_by_its_date(
    world: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 10)  # when the last change has settled
    date = header(site.get("/feed/"), "last-modified")
    assert date
    assert site.get("/feed/", HTTP_IF_MODIFIED_SINCE=date).status == 304
    assert site.get("/feed/", HTTP_IF_MODIFIED_SINCE="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    both = {"HTTP_IF_MODIFIED_SINCE": date, "HTTP_IF_NONE_MATCH": '"else"'}
    assert site.get("/feed/", **both).status == 200


def test_by_date_nobody_is_sent_away_with_the_feed_before(world: World, site: Site) -> None:
    date = header(site.get("/feed/"), "last-modified")
    saved(world.posts[0], title="Another title")
    assert site.get("/feed/", HTTP_IF_MODIFIED_SINCE=date).status == 200
    assert b"Another title" in site.get("/feed/", HTTP_IF_MODIFIED_SINCE=date).body


def test_head_has_the_headers_of_get_and_no_body(world: World, site: Site) -> None:
    get, head = site.get("/"), site.get("/", method="HEAD")
    assert head == get._replace(body=b"")


@pytest.mark.parametrize("language", ["nl", "de-CH, en;q=0.5", "fr", ""])
def test_each_language_has_its_own_page(language: str, world: World, site: Site) -> None:
    site.warm(["/"])
    headers = {"HTTP_ACCEPT_LANGUAGE": language}
    for _ in range(2):
        assert said(site.get("/", **headers)) == said(site.anew("/", **headers))


def test_unknown_parameters_make_no_entry_and_leave_no_trace(world: World, site: Site) -> None:
    site.get("/?utm_source=marker&page=2")
    assert len(site.cache) == 1
    assert site.found("/?page=2") == "hit"
    assert site.found("/?fbclid=7&page=2&utm_medium=x") == "hit"
    assert b"marker" not in site.get("/?page=2").body


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/accounts/login/", "a token"),
        ("/admin/", "not for all"),
        ("/no/such/page/", "an error"),
        ("/feed", "a redirect"),
        ("/healthz", "of the moment"),
    ],
)
def test_what_is_never_kept(address: str, why: str, world: World, site: Site) -> None:
    site.warm([address, address])
    assert len(site.cache) == 0
    assert site.get(address).status == site.anew(address).status


def test_a_form_is_never_kept(world: World, site: Site) -> None:
    address = f"{world.posts[0].get_absolute_url()}reply/"
    assert site.get(address).body != site.get(address).body
    assert len(site.cache) == 0


@pytest.mark.parametrize(
    ("cookie", "rules"),
    [
        ("sessionid=x", "private, no-store"),
        ("own_replies=x;sessionid=x", "private, no-store"),
        ("django_language=de", "private, no-cache"),
        ("own_replies=x", "private, no-cache"),
        ("a=b; replier=x", "private, no-cache"),
        ("browser=1; my_sessionid=x", "private, no-cache"),
        ("messages=x", "private, no-cache"),
        ("read_until=1", "private, no-cache"),
    ],
)
def test_readers_with_a_cookie_of_ours_go_past(
    cookie: str, rules: str, world: World, site: Site
) -> None:
    site.warm(["/"])
    assert site.found("/", HTTP_COOKIE=cookie) == "pass"
    made = site.get("/", HTTP_COOKIE=cookie)
    assert header(made, "cache-control") == rules
    assert header(site.get("/"), "cache-control") == "public, no-cache"


@pytest.mark.parametrize("cookie", ["_ga=GA1.2", "csrftoken=x", "my_sessionid=x", "=", ";;;"])
def test_readers_with_cookies_of_others_do_not(cookie: str, world: World, site: Site) -> None:
    site.warm(["/"])
    assert site.found("/", HTTP_COOKIE=cookie) == "hit"


def test_a_guest_sees_the_own_held_reply_and_nobody_else_does(world: World, site: Site) -> None:
    hold_a_reply(world)
    address = world.posts[2].get_absolute_url()
    own = site.get(address, HTTP_COOKIE=cookie_of(world.replies["Kim"]))
    assert b"Says Kim." in own.body
    assert b"Says Kim." not in site.get(address).body


def test_in_debug_mode_a_header_tells(world: World, site: Site, settings: Any) -> None:
    assert header(site.get("/"), "x-cache") is None
    settings.DEBUG = True
    assert header(site.get("/"), "x-cache") == "hit"
    assert header(site.get("/about/"), "x-cache") == "miss"
    assert header(site.get("/", HTTP_COOKIE="sessionid=x"), "x-cache") == "pass; session"
    assert header(site.get("/", HTTP_COOKIE="browser=x"), "x-cache") == "pass; cookie"
    assert header(site.get("/", method="POST"), "x-cache") == "pass; method"
