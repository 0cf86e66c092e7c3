"""After each kind of change, every page from the cache is what Django makes of it now."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import OperationalError

from comments.thread.paging import PER_PAGE
from tests.pagecache.breaking import Announcement, announcements
from tests.pagecache.changes import (
    CHANGES,
    World,
    change_the_words_of_a_lead_image,
    rename_an_account,
    reply,
)
from tests.pagecache.site import Site
from tests.pagecache.test_each_announcement import NEEDED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", CHANGES)
def test_no_page_is_old_after(name: str, world: World, site: Site) -> None:
    """The list of announcements is complete, too (`test_each_announcement`)."""
    change, before = CHANGES[name]
    with announcements() as made:
        for act in before:
            act(world)
        addresses = world.addresses()
        site.warm(addresses)
        assert [one for one in addresses if site.found(one) == "miss"] == []
        change(world)
    assert site.old(addresses) == []
    assert made <= {Announcement(*one) for one in NEEDED}


def test_a_name_is_not_old_where_it_is_only_answered(world: World, site: Site) -> None:
    for number in range(PER_PAGE + 1):
        reply(world, f"Guest{number}", parent=world.replies["Ivo"])
    newest = f"{world.posts[0].get_absolute_url()}?sort=newest"
    site.warm([newest])
    assert b"<bdi>ivo</bdi>" in site.get(newest).body
    assert b"Says Ivo." not in site.get(newest).body
    rename_an_account(world)
    assert site.old([newest]) == []


def test_a_lead_image_has_its_new_words_though_no_text_could_be_rendered(
    world: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(posts: object) -> None:
        raise OperationalError

    monkeypatch.setattr("blog.publishing.rerender", fail)
    address = world.posts[1].get_absolute_url()
    site.warm([address])
    with suppress(OperationalError):
        change_the_words_of_a_lead_image(world)
    assert b"A small ship" in site.get(address).body
    assert site.old([address]) == []


def test_no_page_is_old_after_everything_was_flushed(world: World, site: Site) -> None:
    site.warm(["/", "/archive/"])
    call_command("flush", interactive=False, verbosity=0)
    assert site.old(["/", "/archive/"]) == []
