"""Thanks for a reply: one of each reader, given and taken back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from comments.models import Comment, Thanks
from comments.rights import NotThere


class OwnReply(Exception):
    """What one wrote oneself is for others to thank for."""


@transaction.atomic
def give_thanks(*, comment: Comment, reader: str, is_own: bool) -> int:
    """Thank once, however often it is pressed; returns how many readers have thanked.

    `reader` is the keyed hash by which a reader is known (`comments.identity`), and `is_own` says
    whether the reader wrote the reply. Raises NotThere or OwnReply.
    """
    _check(comment)
    if is_own:
        raise OwnReply
    _thanks, is_first = Thanks.objects.get_or_create(comment=comment, reader=reader)
    return _count(comment, 1 if is_first else 0)


@transaction.atomic
def take_thanks_back(*, comment: Comment, reader: str) -> int:
    """As if this reader had not thanked; returns how many others have. Raises NotThere."""
    _check(comment)
    number, _by_model = Thanks.objects.filter(comment=comment, reader=reader).delete()
    return _count(comment, -number)


def _check(comment: Comment) -> None:
    if not (comment.is_approved and comment.post.is_live):
        raise NotThere


def _count(comment: Comment, change: int) -> int:
    rows = Comment.objects.filter(pk=comment.pk)
    if change:
        rows.update(thanks_count=F("thanks_count") + change)
    return rows.values_list("thanks_count", flat=True).get()
