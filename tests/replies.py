"""Replies as tests make them: through the one door, and through the form as a browser sends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.leading import set_up
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from moderation.deciding import decide
from tests.conftest import MakePost, MakeUser

MakeReply = Callable[..., Comment]
Send = Callable[..., Any]
Replies = dict[str, Comment]


def take_replies(*posts: Post, **values: Any) -> None:
    """Set how replies are taken under these posts, or under all: take_replies(policy="held")."""
    for post in posts or Post.objects.all():
        set_up(post=post, **values)


@pytest.fixture
def post(make_post: MakePost) -> Post:
    return make_post("Apples and pears", at=timezone.now() - timedelta(days=1))


@pytest.fixture
def led(make_post: MakePost, make_user: MakeUser) -> Post:
    """A post of Ada's, who leads the conversation under it."""
    ada = make_user("ada", role=Role.AUTHOR)
    return make_post("Herons in town", authors=[Author.objects.get(user=ada)])


@pytest.fixture
def author(client: Client, led: Post) -> Client:
    """A browser in which Ada is signed in."""
    client.force_login(User.objects.get(username="ada"))
    return client


@pytest.fixture
def replies(post: Post, make_reply: MakeReply) -> Replies:
    """Wim, answered by Zoe, who is answered by Kim; then Pat."""
    wim = make_reply(post, name="Wim")
    pat = make_reply(post, name="Pat")
    zoe = make_reply(post, name="Zoe", parent=wim)
    kim = make_reply(post, name="Kim", parent=zoe)
    return {"Wim": wim, "Pat": pat, "Zoe": zoe, "Kim": kim}


@pytest.fixture
def make_reply() -> MakeReply:
    """make_reply(post, "…", parent=…, status=Status.APPROVED, **fields) -> a reply, decided about."""

    def make(
        post: Post,
        body: str = "Well said.",
        *,
        status: Status = Status.APPROVED,
        at: datetime | None = None,
        user: User | None = None,
        address: str = "",
        own_replies: Sequence[int] = (),
        **fields: Any,
    ) -> Comment:
        visitor = Visitor(user=user, address=address, own_replies=own_replies)
        if not user:
            fields = {"name": "Guest", "email": "guest@example.org"} | fields
        comment = post_comment(
            post=post, body=body, language=post.language, at=at, visitor=visitor, **fields
        )
        decide(comments=[comment], decision=status, by=None)
        comment.refresh_from_db()
        return comment

    return make


@pytest.fixture
def send(client: Client) -> Send:
    """send(post, reply="…", …) -> the answer to the reply form, sent as a guest's browser sends it."""

    def send_form(
        post: Post, *, client: Client = client, fragment: bool = False, **typed: Any
    ) -> Any:
        guest = {"name": "Wim", "email": "wim@example.org", "reply": "A good point."}
        address = f"/{post.address}/reply/" + "?fragment=1" * fragment
        return client.post(address, guest | typed)

    return send_form
