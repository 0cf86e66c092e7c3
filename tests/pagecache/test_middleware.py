"""Who may keep an answer, with and without the page cache."""

from __future__ import annotations

import pytest
from django.test import Client

from blog import publishing
from tests.pagecache.changes import World, fresh, hold_a_reply, stored
from tests.pagecache.site import cookie_of

pytestmark = pytest.mark.django_db(transaction=True)
FOR_ALL = "public, no-cache"


def rules(address: str, **headers: str) -> tuple[int, str]:
    """Return the status and the Cache-Control of what Django itself answers."""
    response = Client(headers=headers).get(address)
    return response.status_code, response["Cache-Control"]


def test_an_address_where_nothing_is_yet_or_any_more_is_asked_for_again(world: World) -> None:
    post, category = world.posts[0], world.green.get_absolute_url()
    publishing.withdraw(post=fresh(post), by=None)
    stored(world.green, slug="leaves")
    assert rules(post.get_absolute_url()) == (410, FOR_ALL)
    assert rules(category) == (301, FOR_ALL)
    assert rules("/2011/05/nothing/") == (404, FOR_ALL)


def test_a_page_that_is_made_without_the_page_cache_is_asked_for_again(world: World) -> None:
    assert rules("/") == (200, FOR_ALL)


def test_the_replies_alone_are_the_writers_own_too(world: World) -> None:
    hold_a_reply(world)
    address = f"{world.posts[2].get_absolute_url()}replies/"
    assert rules(address) == (200, FOR_ALL)
    assert rules(address, cookie=cookie_of(world.replies["Kim"])) == (200, "private, no-cache")
    assert rules(address, cookie="sessionid=x") == (200, "private, no-store")


def test_an_answer_that_sets_a_cookie_is_for_its_reader_alone(world: World) -> None:
    response = Client().post("/language/", {"language": "nl", "next": "/"})
    assert response.cookies
    assert response["Cache-Control"] == "private, no-cache"
