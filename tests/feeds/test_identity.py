"""What an entry is known by does not change, so nothing comes to a subscriber twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog import publishing
from blog.models import Post
from tests.feeds.reading import texts


def identities(client: Client) -> tuple[Any, ...]:
    return (
        texts(client.get("/feed/"), "//item/guid"),
        texts(client.get("/feed/atom/"), "//atom:entry/atom:id"),
        [item["id"] for item in client.get("/feed/json/").json()["items"]],
    )


def test_an_entry_is_the_same_in_every_format(client: Client, post: Post) -> None:
    assert identities(client) == ([post.uid.urn],) * 3


@pytest.mark.parametrize("host", ["testserver", "elsewhere.example"])
def test_a_new_title_and_a_new_address_make_no_new_entry(
    client: Client, post: Post, settings: Any, host: str
) -> None:
    before, address = identities(client), post.address
    post.title, post.slug = "Another title", "another-slug"
    publishing.save_post(post=post, by=None)
    settings.ALLOWED_HOSTS = [host]
    client.defaults["SERVER_NAME"] = host
    assert identities(client) == before
    assert post.address != address
    assert texts(client.get("/feed/"), "//item/link") == [f"http://{host}{post.get_absolute_url()}"]


def test_withdrawn_and_published_again_it_is_still_the_same(client: Client, post: Post) -> None:
    before = identities(client)
    publishing.withdraw(post=post, by=None)
    publishing.publish(post=post, by=None)
    assert identities(client) == before
