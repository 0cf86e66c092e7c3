"""Leading a conversation: its policy, pausing, closing, pinning a reply.

`Visitor.may_lead` says who may.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from blog.models import Post
from comments.exceptions import NotThere
from comments.models import Comment, Conversation
from comments.shown import thread_of
from comments.verbs.counting import lock_conversation, lock_threads
from site_settings.choices import ReplyPolicy
from site_settings.reading import site
from web.shown import changed

FOR_EVER = 0


@transaction.atomic
def pin(*, comment: Comment) -> None:
    """Pin a reply above its thread, in place of another one. Raises NotThere."""
    lock_threads([comment.post_id])
    if not Comment.objects.approved().filter(pk=comment.pk).exists():
        raise NotThere
    Conversation.objects.filter(post=comment.post_id).update(pinned=comment)
    _show_pin(comment.post_id)


@transaction.atomic
def unpin(*, comment: Comment) -> None:
    lock_threads([comment.post_id])
    Conversation.objects.filter(post=comment.post_id, pinned=comment).update(pinned=None)
    _show_pin(comment.post_id)


@transaction.atomic
def set_up(*, post: Post, **values: Any) -> None:
    """Set fields of the conversation; the caller saves the post, which dates its page anew."""
    _write(lock_conversation(post), values)


@transaction.atomic
def pause(*, post: Post) -> None:
    """Take only replies of the post's authors for the time being."""
    _change(lock_conversation(post), is_paused=True)


@transaction.atomic
def resume(*, post: Post) -> None:
    _change(lock_conversation(post), is_paused=False)


@transaction.atomic
def close(*, post: Post) -> None:
    conversation = lock_conversation(post)
    policy = conversation.policy
    if policy != ReplyPolicy.CLOSED:
        _change(conversation, policy=ReplyPolicy.CLOSED, policy_when_open=policy)


@transaction.atomic
def reopen(*, post: Post) -> None:
    """Take replies again as before; hold each of them if the site's own policy is closed."""
    conversation = lock_conversation(post)
    values: dict[str, Any] = {"is_paused": False}
    if conversation.policy_in_force == ReplyPolicy.CLOSED:
        closed_everywhere = site.reply_policy == ReplyPolicy.CLOSED
        as_the_site = ReplyPolicy.HELD if closed_everywhere else ""
        values["policy"] = conversation.policy_when_open or as_the_site
    if conversation.is_over:
        values["close_after"] = FOR_EVER
    _change(conversation, **values)


def _change(conversation: Conversation, **values: Any) -> None:
    """Write the values and date the post anew, since its page shows them."""
    _write(conversation, values)
    Post.objects.filter(pk=conversation.post_id).touch()


def _write(conversation: Conversation, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=[*values])
    changed(thread_of(conversation.post_id))


def _show_pin(post_id: int) -> None:
    """Date the post anew, since its page shows the change."""
    Post.objects.filter(pk=post_id).touch()
    changed(thread_of(post_id))
