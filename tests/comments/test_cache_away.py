"""While the cache is away nothing is counted, and everything that would be goes on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from blog.models import Post
from comments.models import Comment, Thanks
from config import outage
from config.env import services
from following.models import Follow
from moderation.models import Report
from tests.conftest import MakeUser
from tests.replies import MakeReply


@pytest.fixture
def reply(post: Post, make_reply: MakeReply) -> Comment:
    return make_reply(post)


@pytest.fixture(autouse=True)
def no_cache(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A port that is taken, at which nobody answers."""
    monkeypatch.setattr(outage, "cache", outage.Outage("The cache"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        settings.CACHES = {"default": services.cache()}
        yield


@pytest.fixture(autouse=True)
def the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whoever runs the site learns why nothing is counted."""
    yield
    said = [record.getMessage() for record in caplog.get_records("call")]
    assert any("The cache does not answer" in words for words in said)


def test_thanks_are_taken(client: Client, reply: Comment) -> None:
    assert client.post("/comments/thanks/", {"give": reply.pk}).status_code == 303
    assert Thanks.objects.filter(comment=reply).count() == 1


def test_reports_are_taken(client: Client, reply: Comment) -> None:
    answer = client.post(f"/comments/{reply.pk}/report/", {"reason": "spam"})
    assert answer.status_code == 303
    assert Report.objects.filter(comment=reply).count() == 1


def test_a_conversation_can_be_followed(client: Client, post: Post) -> None:
    answer = client.post(f"/{post.address}/follow/", {"email": "zoe@example.org"})
    assert answer.status_code < 400
    assert Follow.objects.filter(post=post).count() == 1


def test_people_sign_in(client: Client, make_user: MakeUser) -> None:
    make_user("ria")
    answer = client.post("/accounts/login/", {"login": "ria", "password": "correct horse"})
    assert answer.status_code == 302


def test_what_is_asked_of_it_is_not_there() -> None:
    cache.set("tea", 1)
    assert cache.get("tea", "none") == "none"
    assert cache.get_many(["tea"]) == {}
    assert not cache.touch("tea")
    assert not cache.delete("tea")
    with pytest.raises(ValueError, match="not found"):
        cache.incr("tea")
