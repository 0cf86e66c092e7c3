"""Thanking for a reply: each reader once, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from comments.exceptions import NotThere
from comments.models import Comment, Thanks
from comments.shown import thread_of
from comments.visitor import Visitor
from web.shown import changed


class OwnReply(Exception):
    """The visitor wrote the reply, and cannot thank for it."""


@transaction.atomic
def give_thanks(*, comment: Comment, visitor: Visitor) -> int:
    """Thank for a reply; return how many readers have thanked. A second call changes nothing.

    Raises NotThere or OwnReply.
    """
    _check(comment)
    if visitor.sent(comment.pk, comment.user_id):
        raise OwnReply
    _thanks, is_first = Thanks.objects.get_or_create(comment=comment, reader=visitor.key)
    return _count(comment, 1 if is_first else 0)


@transaction.atomic
def take_thanks_back(*, comment: Comment, visitor: Visitor) -> int:
    """Take a reader's thanks back; return how many readers have thanked. Raises NotThere."""
    _check(comment)
    number, _by_model = Thanks.objects.filter(comment=comment, reader=visitor.key).delete()
    return _count(comment, -number)


def _check(comment: Comment) -> None:
    if not (comment.is_approved and comment.post.is_live):
        raise NotThere


def _count(comment: Comment, change: int) -> int:
    rows = Comment.objects.filter(pk=comment.pk)
    if change:
        rows.update(thanks_count=F("thanks_count") + change)
        changed(thread_of(comment.post_id))
    return rows.values_list("thanks_count", flat=True).get()
