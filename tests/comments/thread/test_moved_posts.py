"""Pages that stood open, and feed readers, while a post got another address."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Post
from following.models import Follow
from tests.replies import MakeReply

FORMER = "/2001/01/former/"


@pytest.fixture
def moved(post: Post) -> Post:
    post.redirects.create(path=FORMER)
    return post


def test_a_feed_reader_is_sent_to_the_new_address_for_ever(client: Client, moved: Post) -> None:
    answer = client.get(f"{FORMER}comments/feed/")
    assert answer.status_code == 301
    assert answer["Location"] == f"{moved.get_absolute_url()}comments/feed/"


def test_the_page_keeps_the_order_and_the_page_of_the_thread(client: Client, moved: Post) -> None:
    answer = client.get(f"{FORMER}?sort=newest&thread=2")
    assert answer["Location"] == f"{moved.get_absolute_url()}?sort=newest&thread=2"


def test_an_open_page_still_reads_along(client: Client, moved: Post, make_reply: MakeReply) -> None:
    make_reply(moved, body="Hear, hear.")
    assert client.get(f"{FORMER}replies/count/").json() == {"count": 1}
    thread = client.get(f"{FORMER}replies/")
    assert "Hear, hear." in thread.text
    assert f'href="{moved.get_absolute_url()}reply/' in thread.text
    marked = client.post(f"{FORMER}replies/read/", {"until": "1"})
    assert marked["Location"] == f"{moved.get_absolute_url()}#replies"


def test_a_conversation_is_followed_all_the_same(client: Client, moved: Post) -> None:
    assert client.get(f"{FORMER}follow/").status_code == 200
    client.post(f"{FORMER}follow/", {"email": "mina@example.org"})
    assert Follow.objects.get().post == moved


@pytest.mark.parametrize("path", ["comments/feed/", "replies/", "replies/count/", "follow/"])
def test_a_post_that_is_away_is_nowhere(client: Client, moved: Post, path: str) -> None:
    Post.objects.filter(pk=moved.pk).update(status="draft", published_at=None)
    assert client.get(FORMER + path).status_code == 404
