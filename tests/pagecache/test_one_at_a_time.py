"""Those who ask for a page that is being made: they wait for it, and get nothing older than their request."""

from __future__ import annotations

import math
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from pagecache import cache as cache_of_pages
from pagecache.answers import Kept, packed
from pagecache.cache import PageCache
from pagecache.keys import Key
from pagecache.log import ChangeLog, hash_of
from tests.pagecache.changes import World
from tests.pagecache.site import Site

KEY = Key(False, "testserver", "/", "", "en")
PATIENCE = 20


class Making:
    """A first reader for whom a page is being made, and a second one who comes meanwhile."""

    def __init__(self, cache: PageCache, waits: Event) -> None:
        self.cache, self.waits = cache, waits
        self.has_begun, self.may_end = Event(), Event()
        self.got: list[Kept | None] = []
        self.first = Thread(target=self.ask)
        self.first.start()
        assert self.has_begun.wait(PATIENCE)
        self.second = Thread(target=self.ask)

    def ask(self) -> None:
        self.got.append(self.cache.one_at_a_time(KEY, self.make))

    def make(self) -> Kept:
        since = self.cache.begin()
        page = packed([], b"the page", names=[hash_of("post:1")], until=math.inf, now=0.0)
        self.has_begun.set()
        assert self.may_end.wait(PATIENCE)
        self.cache.keep(KEY, page, since=since)
        return page

    def end(self) -> None:
        self.second.start()
        assert self.waits.wait(PATIENCE)
        self.may_end.set()
        for thread in (self.first, self.second):
            thread.join(PATIENCE)


@pytest.fixture
def cache(tmp_path: Path) -> PageCache:
    return PageCache(ChangeLog(tmp_path / "run" / "changes"), 2**20)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set when somebody begins to wait for another reader's page."""
    event, landed = Event(), cache_of_pages._landed

    def wait(flight: Any) -> Any:
        event.set()
        return landed(flight)

    monkeypatch.setattr(cache_of_pages, "_landed", wait)
    return event


def test_one_page_is_made_for_all(cache: PageCache, waits: Event) -> None:
    making = Making(cache, waits)
    making.end()
    first, second = making.got
    assert first is not None
    assert first is second


def test_nobody_gets_a_page_that_is_older_than_the_own_request(
    cache: PageCache, waits: Event
) -> None:
    making = Making(cache, waits)
    cache.log.append(["post:1"])
    making.end()
    assert sorted(page is None for page in making.got) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_kept_is_asked_of_django_once(world: World, site: Site) -> None:
    asked: list[str] = []

    def count(environ: dict[str, Any], start: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        return site.django(environ, start)

    site.layer.application = count
    for _ in range(3):
        assert site.get("/2011/05/none/").status == 404
    assert len(asked) == 4
