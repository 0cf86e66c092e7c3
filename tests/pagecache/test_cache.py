"""What a cache keeps of pages that were being made while something changed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pagecache.answers import packed
from pagecache.cache import PageCache
from pagecache.keys import Key
from pagecache.log import ChangeLog, hash_of
from tests.pagecache.site import ROOM

KEY = Key(False, "testserver", "/", "", "en")


@pytest.fixture
def cache(tmp_path: Path) -> PageCache:
    return PageCache(ChangeLog(tmp_path / "run" / "changes"), ROOM)


def keep(cache: PageCache, since: int) -> bool:
    page = packed([], b"Tea.", names=[hash_of("post:7")], until=math.inf, now=0.0)
    return cache.keep(KEY, page, since=since)


def test_a_page_is_not_kept_if_what_it_shows_has_changed_since(cache: PageCache) -> None:
    since = cache.begin()
    cache.log.append(["post:8"])
    assert keep(cache, since)
    cache.log.append(["post:7"])
    assert not keep(cache, since)
    assert keep(cache, cache.begin())


def test_nor_if_more_has_changed_than_is_remembered(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagecache.cache.MOST_REMEMBERED", 2)
    since = cache.begin()
    for number in range(7, 12):
        cache.log.append([f"post:{number}"])
        cache.catch_up()
    assert not keep(cache, since)
    assert keep(cache, cache.begin())
