"""The names of what pages show of conversations (`web.shown`)."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from blog.shown import replies_to
from web.shown import changed, named

# The newest replies of the site.
REPLIES = "replies"


def thread_of(post_id: int) -> str:
    return f"thread:{post_id}"


def account(user_id: int) -> str:
    """Return the name of an account that writes replies."""
    return named(User, user_id)


def threads_changed(post_ids: Iterable[int], *, numbers: bool = False) -> None:
    """Announce that readers see these posts' replies changed, and their numbers if so."""
    posts = set(post_ids)
    if posts:
        counts = map(replies_to, posts) if numbers else ()
        changed(REPLIES, *map(thread_of, posts), *counts)
