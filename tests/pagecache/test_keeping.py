"""Wanted pages are there before anybody asks: after a change, and after a restart."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from blog.models import Post
from pagecache.keeping import WRITTEN_EVERY, Keeper, read_wanted
from tests.pagecache.changes import (
    DAY,
    World,
    correct_a_title,
    put_a_post_in_everything_off,
    reply,
)
from tests.pagecache.site import Site
from web.shown import SCHEDULE, changed

pytestmark = pytest.mark.django_db(transaction=True)
OFTEN = 50
SECOND = timedelta(seconds=1)


@pytest.fixture
def keeper(site: Site) -> Keeper:
    return site.keeper


def test_a_busy_page_is_made_again_after_a_change(world: World, site: Site, keeper: Keeper) -> None:
    site.warm(["/"] * OFTEN)
    site.warm(["/archive/"])
    correct_a_title(world)
    keeper.look()
    assert site.found("/") == "hit"
    assert b"corrected" in site.get("/").body


def test_a_page_that_nobody_asked_for_is_not(world: World, site: Site, keeper: Keeper) -> None:
    post = world.posts[0].get_absolute_url()
    site.warm([post])
    reply(world, "Kim")
    keeper.look()
    assert site.found(post) == "miss"


def test_the_pages_that_people_want_are_there_after_a_restart(
    world: World, site: Site, keeper: Keeper, tmp_path: Path
) -> None:
    site.warm(["/about/", *["/"] * OFTEN])
    keeper.start()
    keeper.stop()
    again = Site(site.log.path)
    next_keeper = again.keeper
    assert [key.path for key in read_wanted(next_keeper.wanted)] == ["/", "/about/"]
    next_keeper.make_wanted()
    assert again.found("/") == "hit"


def test_a_process_that_starts_later_knows_what_is_to_appear(world: World, tmp_path: Path) -> None:
    put_a_post_in_everything_off(world)
    later = Site(tmp_path / "run" / "changes")
    addresses = world.addresses()
    later.warm(addresses)
    world.wait(4 * DAY)
    assert later.old(addresses) == []


def test_until_that_is_known_pages_live_for_seconds(world: World, site: Site) -> None:
    site.cache.empty()
    site.warm(["/"])
    assert site.found("/") == "hit"
    world.wait(4.0)
    assert site.found("/") == "miss"
    site.keeper.look()
    world.wait(4.0)
    assert site.found("/") == "hit"


def test_a_page_that_was_just_made_again_is_still_wanted(
    world: World, site: Site, keeper: Keeper
) -> None:
    site.warm(["/"] * OFTEN)
    site.warm(["/about/"] * 3)
    correct_a_title(world)
    keeper.look()
    assert [key.path for key in site.cache.keys_by_use()] == ["/", "/about/"]


def test_what_appears_before_that_is_known_is_shown(world: World, site: Site) -> None:
    put_a_post_in_everything_off(world)
    Post.objects.scheduled().update(published_at=timezone.now() + DAY)
    changed(SCHEDULE)
    world.wait(DAY - SECOND)
    addresses = world.addresses()
    site.warm(addresses)
    world.wait(2 * SECOND)
    site.keeper.look()
    assert site.old(addresses) == []


def test_a_clock_that_is_set_back_takes_back_what_it_showed(world: World, site: Site) -> None:
    put_a_post_in_everything_off(world)
    addresses = world.addresses()
    for days in (4, -4, 4):
        world.wait(days * DAY)
        site.keeper.look()
        assert site.old(addresses) == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[1]", '[["/"]]', "null", "[" * 100_000),
        *('[[false, "h", ["/"], "", "en"]]', '[["no", "h", "/", "", "en"]]'),
        *('[[false, 1, "/", "", "en"]]', '[[false, "h", "/\u20ac", "", "en"]]', '["abcde"]'),
    ],
)
def test_a_file_of_wanted_pages_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    file = tmp_path / "wanted.json"
    file.write_text(text)
    assert read_wanted(file) == []
    assert read_wanted(tmp_path / "none") == []


def test_after_a_writer_ended_too_early_every_page_is_made_anew(
    world: World, site: Site, keeper: Keeper, dead_writer: None, caplog: pytest.LogCaptureFixture
) -> None:
    site.warm(["/", "/about/"])
    keeper.look()
    assert len(site.cache) == 0
    assert "a process ended while it changed something" in caplog.text.lower()


def test_after_the_log_was_removed_a_change_is_seen(
    world: World, site: Site, keeper: Keeper
) -> None:
    site.warm(["/"])
    site.log.path.unlink()
    correct_a_title(world)
    assert site.old(["/"]) == ["/"]
    keeper.look()
    assert site.old(["/"]) == []


def test_each_minute_the_wanted_pages_are_written_down(
    world: World, site: Site, keeper: Keeper
) -> None:
    site.warm(["/"])
    keeper.look()
    assert read_wanted(keeper.wanted) == []
    keeper._written -= WRITTEN_EVERY
    keeper.look()
    assert [key.path for key in read_wanted(keeper.wanted)] == ["/"]
    site.warm(["/about/"])
    keeper.look()
    assert [key.path for key in read_wanted(keeper.wanted)] == ["/"]
