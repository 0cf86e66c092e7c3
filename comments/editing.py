"""What a writer does with a reply that was sent: change it, or take it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments import counting
from comments.models import Comment, HeldBecause, Report, Status, Ticket
from comments.moderation import decide
from comments.policy import reason_to_hold
from markup import render_reply
from outbox.sending import take_back

ERASED: dict[str, Any] = {
    "user": None,
    "name": "",
    "email": "",
    "website": "",
    "avatar_seed": "",
    "body": "",
    "body_html": "",
    "address_hash": "",
    "submission_key": None,
    "findings": [],
    "held_because": "",
    "is_pinned": False,
    "confirmed_at": None,
}


@transaction.atomic
def edit_reply(*, comment: Comment, body: str, own_replies: Collection[int] = ()) -> Comment:
    """Give a reply another text. One that readers see is held again if a new one would be.

    The caller sees to it that whoever asks wrote it (`comments.rights`). `own_replies` are the ids
    of replies that are proven to be the same person's.
    """
    if body == comment.body:
        return comment
    comment.body = body
    comment.body_html = render_reply(body, language=comment.language)
    comment.edited_at = timezone.now()
    comment.save(update_fields=["body", "body_html", "edited_at"])
    if comment.is_approved and reason_to_hold(comment, own_replies=own_replies):
        decide(comments=[comment], decision=Status.PENDING, by=None)
        comment.held_because = HeldBecause.EDITED
        comment.save(update_fields=["held_because"])
    return comment


@transaction.atomic
def erase_replies(*, comments: Iterable[Comment]) -> int:
    """Leave of these replies nothing but their places, which answers may stand below; return how many.

    Mails about them that have not gone yet do not go; reports of them and tickets go with them.
    """
    comments = list(comments)
    decide(comments=comments, decision=Status.DELETED, by=None)
    for some in counting.batches([comment.pk for comment in comments]):
        erased = Comment.objects.filter(pk__in=some)
        erased.update(**ERASED, thanks_count=0, report_count=0)
        Report.objects.filter(comment__in=some).delete()
        Ticket.objects.filter(comment__in=some).delete()
        take_back(keys=[f"reply-{pk}-" for pk in some])
    return len(comments)
