"""The room that pages may take, and which of them stay."""

from __future__ import annotations

import logging
import math
from pathlib import Path
from random import Random

import pytest

from pagecache.answers import Kept, packed
from pagecache.keys import Key
from pagecache.log import hash_of
from pagecache.store import Store
from tests.pagecache.changes import World
from tests.pagecache.site import LITTLE, Site, growth

PAGE = 10_000  # bytes, about


def key(name: str) -> Key:
    return Key(False, "testserver", f"/{name}/", "", "en")


def page(name: str) -> Kept:
    body = Random(name).randbytes(PAGE)
    return packed([], body, names=[hash_of(name)], until=math.inf, now=0.0)


class Readers:
    """People who ask for pages of a store, which are made when they are not there."""

    def __init__(self, pages: int) -> None:
        self.store = Store(pages * page("any").size)

    def ask(self, name: str) -> bool:
        """Ask for a page, and return whether it was there."""
        found = self.store.get(key(name))
        if found:
            found.was_used = True
        else:
            self.store.put(key(name), page(name))
        return found is not None


def test_never_more_bytes_than_the_room() -> None:
    readers = Readers(50)
    for number in range(500):
        readers.ask(f"page {number % 170}")
        assert readers.store.bytes <= readers.store.room
    assert len(readers.store) == 50


def test_a_crawler_of_ten_thousand_old_posts_leaves_the_front_page() -> None:
    readers = Readers(50)
    wanted = [f"wanted {number}" for number in range(30)]
    for _ in range(3):
        for name in wanted:
            readers.ask(name)
    missed = 0
    for number in range(10_000):
        readers.ask(f"old {number}")
        if number % 300 == 0:  # seldom, in comparison
            missed += not readers.ask("wanted 7")
    assert missed == 0
    assert sum(readers.ask(name) for name in wanted) >= 28


def test_what_nobody_asks_for_any_more_makes_room() -> None:
    readers = Readers(50)
    for year in ("last", "this"):
        for _ in range(4):
            for number in range(40):
                readers.ask(f"{year} {number}")
    assert sum(readers.ask(f"this {number}") for number in range(40)) >= 38


def test_a_page_that_is_too_large_is_not_kept() -> None:
    store = Store(4 * page("any").size)
    store.put(key("large"), page("large"))
    assert len(store) == 0


def test_a_further_coding_counts() -> None:
    readers = Readers(50)
    for number in range(50):
        readers.ask(f"page {number}")
    found = readers.store.get(key("page 49"))
    assert found
    found.form("br")
    readers.store.grow(found, key("page 49"))
    assert readers.store.bytes <= readers.store.room
    assert len(readers.store) < 50


def test_a_coding_that_is_made_after_its_page_went_counts_for_nothing() -> None:
    store, found = Store(20 * PAGE), page("one")
    store.put(key("one"), found)
    found.form("br")
    store.drop(key("one"))
    store.grow(found, key("one"))
    assert store.bytes == 0


@pytest.mark.django_db(transaction=True)
def test_without_room_every_page_is_made_anew(world: World, tmp_path: Path) -> None:
    site = Site(tmp_path / "run" / "changes", room=0)
    assert [site.found("/") for _ in range(2)] == ["miss", "miss"]
    assert site.get("/").body == site.anew("/").body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE"])
def test_of_long_headers_nothing_is_remembered(
    name: str, world: World, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "django")  # lines in the log hold requests
    site.warm(["/"])
    assert growth(lambda number: site.get("/", **{name: f"x{number:060000}"})) < LITTLE
    assert len(site.cache) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/2026/01/{}/", "/tags/{}/", "/{}/", "/?page={}"])
def test_of_long_addresses_nothing_is_remembered(
    address: str, world: World, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "django")
    assert growth(lambda number: site.get(address.format(f"x{number:060000}"))) < LITTLE
