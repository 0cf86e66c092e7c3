"""Hits for a server that can write bytes: the same as the layer's, or left to it."""

from __future__ import annotations

import time

import pytest
from django.conf import settings

from pagecache.answers import date_line
from pagecache.keys import PERSONAL
from pagecache.wire import Wire
from tests.pagecache.changes import (
    DAY,
    World,
    close_in_some_days,
    correct_a_title,
    put_a_post_in_everything_off,
)
from tests.pagecache.site import LITTLE, Site, growth

pytestmark = pytest.mark.django_db(transaction=True)
HOST = ("host", "testserver")
OURS = [*PERSONAL, settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]


@pytest.fixture
def wire(site: Site) -> Wire:
    """The front page is in memory."""
    site.get("/")
    site.get("/", HTTP_ACCEPT_ENCODING="gzip")
    return Wire(site.cache)


def hit(wire: Wire, address: str, *headers: tuple[str, str]) -> bytes | None:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in (HOST, *headers)]
    return wire.hit(address.encode(), sent)


def by_layer(site: Site, address: str, *headers: tuple[str, str]) -> bytes:
    """Return the bytes of the layer's answer to the same request."""
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers}
    made = site.get(address, **given)
    assert made.status == 200
    head = "".join(f"{name.lower()}: {value}\r\n" for name, value in made.headers)
    return date_line(time.time()) + f"{head}\r\n".encode("latin-1") + made.body


@pytest.mark.parametrize(
    "address", ["/", "/?page=2", "/?utm=x&page=%32", "/languages/nl/", "/feed/"]
)
@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("accept-encoding", "br, gzip"), ("accept-language", "nl, en;q=0.5")),
        (("accept-encoding", "gzip;q=1, br;q=0"), ("cookie", "_ga=GA1.2; my_sessionid=x")),
    ],
)
def test_a_hit_has_the_bytes_that_the_layer_sends(
    address: str, headers: tuple[tuple[str, str], ...], world: World, site: Site
) -> None:
    wire = Wire(site.cache)
    assert hit(wire, address, *headers) is None  # nobody has made it yet
    expected = by_layer(site, address, *headers)
    assert [hit(wire, address, *headers) for _ in range(2)] == [expected, expected]


@pytest.mark.parametrize("name", OURS)
def test_whoever_has_a_cookie_of_ours_gets_no_page_of_all(name: str, wire: Wire) -> None:
    for sent in (f"{name}=x", f"_ga=GA1.2; {name}=x", f"_ga=GA1.2;{name}=x; a=b"):
        assert hit(wire, "/", ("cookie", sent)) is None
    assert hit(wire, "/", ("cookie", "_ga=GA1.2"), ("cookie", f"{name}=x")) is None
    assert hit(wire, "/", ("cookie", "_ga=GA1.2"))


@pytest.mark.parametrize(
    "header",
    [
        HOST,
        ("accept-encoding", "gzip"),
        ("accept-language", "en"),
        ("x-forwarded-proto", "http"),
    ],
)
def test_a_header_of_the_key_that_is_sent_twice_is_for_others(
    header: tuple[str, str], wire: Wire
) -> None:
    once = [header] if header != HOST else []
    assert hit(wire, "/", *once)
    assert hit(wire, "/", *once, header) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("if-none-match", "*"),
        ("if-modified-since", "Mon, 01 Jan 2001 00:00:00 GMT"),
        ("if-match", '"x"'),
        ("if-unmodified-since", "Mon, 01 Jan 2001 00:00:00 GMT"),
        ("if-range", '"x"'),
        ("expect", "100-continue"),
        ("upgrade", "websocket"),
        ("content-length", "3"),
        ("transfer-encoding", "chunked"),
    ],
)
def test_an_unusual_request_is_for_others(name: str, value: str, wire: Wire) -> None:
    assert hit(wire, "/", (name, value)) is None
    assert hit(wire, "/", (f"x-{name}", value))


@pytest.mark.parametrize("name", ["accept-encoding", "accept-language", "x-forwarded-proto"])
def test_of_long_headers_nothing_is_remembered(name: str, wire: Wire) -> None:
    assert hit(wire, "/", (name, "x" * 100))
    grown = growth(lambda number: hit(wire, "/", (name, f"x{number:060000}")))
    assert grown < LITTLE


def test_of_long_addresses_nothing_is_remembered(wire: Wire) -> None:
    grown = growth(lambda number: hit(wire, f"/2026/01/x{number:060000}/"))
    assert grown < LITTLE


@pytest.mark.parametrize("address", ["/?page=\xff", "/tags/%ff/", "/no/such/page/", "*", "/admin/"])
def test_what_has_no_key_is_for_others(address: str, wire: Wire) -> None:
    assert hit(wire, address) is None


def test_a_changed_page_is_not_given_any_more(world: World, wire: Wire) -> None:
    assert hit(wire, "/")
    correct_a_title(world)
    assert hit(wire, "/") is None


def test_a_page_on_which_a_post_appears_is_given_until_then(world: World, site: Site) -> None:
    put_a_post_in_everything_off(world)
    wire, expected = Wire(site.cache), by_layer(site, "/")
    assert hit(wire, "/") == expected
    world.wait(3 * DAY)
    assert hit(wire, "/") is None


def test_a_page_that_changes_by_itself_is_given_until_then(world: World, site: Site) -> None:
    close_in_some_days(world)
    address = world.posts[0].get_absolute_url()
    wire, expected = Wire(site.cache), by_layer(site, address)
    assert hit(wire, address) == expected
    world.wait(3 * DAY)
    assert hit(wire, address) is None


@pytest.mark.parametrize(("what", "value"), [("heard_until", 0.0), ("knows_schedule", False)])
def test_without_hearing_of_changes_pages_are_given_for_three_seconds(
    what: str, value: float, world: World, site: Site, wire: Wire
) -> None:
    setattr(site.cache, what, value)
    world.wait(2.5)
    assert hit(wire, "/")
    world.wait(1.0)
    assert hit(wire, "/") is None


def test_a_hit_tells_the_time_of_each_second_also_after_the_clock_was_set_back(
    world: World, wire: Wire
) -> None:
    for seconds in (0.0, 0.7, 0.7, 5.0, -3600.0, 0.3):
        world.wait(seconds)
        answer = hit(wire, "/")
        assert answer
        assert answer.startswith(date_line(time.time()))
