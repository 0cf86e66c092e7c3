"""A small site and its page cache."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from pagecache.log import ChangeLog
from site_settings.verbs import change_settings
from tests.pagecache.changes import World, make_world
from tests.pagecache.site import Site


@pytest.fixture
def world() -> Iterator[World]:
    """A small site whose lists have several pages, and whose clock goes on when it is told to."""
    change_settings(values={"posts_per_page": 2}, by=None)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield make_world(clock.shift)


@pytest.fixture
def living_world() -> World:
    """The same with the machine's own clock, for threads that wait by it."""
    return make_world(time.sleep)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "run" / "changes")


@pytest.fixture
def dead_writer(site: Site) -> None:
    """A process ended before it could tell what it changed."""
    process = get_context("fork").Process(target=ChangeLog(site.log.path).begin_writing)
    process.start()
    process.join()
