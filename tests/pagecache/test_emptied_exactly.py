"""After each kind of change, every page from the cache is what Django makes of it now."""

from __future__ import annotations

import pytest

from tests.pagecache.breaking import Announcement, announcements
from tests.pagecache.changes import CHANGES, World
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
