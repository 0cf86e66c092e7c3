"""Threads of more than one page."""

from __future__ import annotations

from datetime import timedelta

from blog.models import Post
from comments.derived import derive
from comments.models import Comment, Status
from comments.verbs.counting import count_in


def fill(post: Post, number: int) -> None:
    """Approved replies to a post, a second apart; the first is "Number 0."."""
    replies = [_reply(post, place) for place in range(number)]
    Comment.objects.bulk_create(replies)
    count_in(replies)


def _reply(post: Post, place: int) -> Comment:
    reply = Comment(
        post=post,
        name=f"Reader {place}",
        body=f"Number {place}.",
        language=post.language,
        status=Status.APPROVED,
        submitted_at=post.due_at + timedelta(seconds=place),
    )
    derive(reply)
    return reply
