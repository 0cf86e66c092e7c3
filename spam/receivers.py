"""Receivers of the filter: it learns, unlearns, and asks Akismet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from blog.models import Post
from comments.models import Comment
from comments.signals import (
    replies_changing,
    replies_emptied,
    reply_edited,
    reply_posted,
    reply_status_changed,
    thread_deleting,
)
from comments.verbs.status import StatusChange
from comments.verbs.verdicts import Judgement
from comments.visitor import Visitor
from spam import learning
from spam.checking import have_checked
from spam.models import AkismetCheck
from spam.tasks import learn_later


@receiver(reply_posted)
def check_new(comment: Comment, visitor: Visitor, judgement: Judgement, **kwargs: Any) -> None:
    if judgement.is_open:
        have_checked(comment, address=visitor.address)


@receiver(reply_edited)
def check_again(comment: Comment, judgement: Judgement, **kwargs: Any) -> None:
    if judgement.is_open:
        have_checked(comment)


@receiver(reply_status_changed)
def learn_from_decisions(change: StatusChange, **kwargs: Any) -> None:
    learn_later(change.comments)


@receiver(replies_changing)
def forget_texts(comments: Sequence[Comment], **kwargs: Any) -> None:
    """Unlearn texts that are about to change; those that were decided about are learned later."""
    learn_later(learning.forget(comments))


@receiver(replies_emptied)
def forget_checks(ids: list[int], **kwargs: Any) -> None:
    AkismetCheck.objects.filter(comment__in=ids).delete()


@receiver(thread_deleting)
def forget_checks_of_thread(post: Post, **kwargs: Any) -> None:
    AkismetCheck.objects.filter(comment__post=post).delete()
