"""Confirming: a guest proves the e-mail address of a reply."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments.exceptions import ChangedMeanwhile
from comments.mail_limits import check_mails_to
from comments.models import Comment, HeldBecause, Status
from comments.signals import reply_confirmed, reply_held
from comments.tasks import ask_again_to_confirm_reply
from comments.verbs import counting
from comments.verbs.judging import Occasion, Submission, judge
from comments.verbs.status import change_status
from comments.verbs.verdicts import Action, Judgement
from comments.verbs.waiting import hold_because
from comments.visitor import NOBODY

READ_UNDER_LOCK = (
    *("confirmed_at", "body", "body_html", "edited_at", "version", "text_version"),
    *("status", "held_because", "findings", "folded_text", "domains"),
)


@transaction.atomic
def confirm_reply(*, comment: Comment, seen: int | None = None) -> None:
    """Confirm a reply by the mailed link; a reply that was held only for that appears.

    A reply that a judge would hold stays held for a moderator. A second call changes nothing.
    `seen` is the version that was shown. Raises ChangedMeanwhile if the text has changed since.
    """
    counting.lock_threads([comment.post_id])
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    if comment.confirmed_at is None and comment.has_other_text_than(seen):
        raise ChangedMeanwhile
    unconfirmed = Comment.objects.filter(pk=comment.pk, confirmed_at=None)
    if not unconfirmed.update(confirmed_at=timezone.now()):
        return
    reply_confirmed.send(sender=Comment, comment=comment)
    if comment.held_because == HeldBecause.UNCONFIRMED:
        _release(comment)


def _release(comment: Comment) -> None:
    judgement = judge(Submission(comment, NOBODY, Occasion.RELEASED))
    waits = comment.status == Status.PENDING
    if waits and judgement.action is Action.APPEAR:
        change_status(comments=[comment], status=Status.APPROVED, by=None)
        return
    # The writer is told that a moderator decides now, even if the reply is muted or spam.
    hold_because(comment, _reason_now(comment, judgement))
    if waits:
        reply_held.send(sender=Comment, comment=comment)


def _reason_now(comment: Comment, judgement: Judgement) -> HeldBecause:
    """Return why a reply waits whose address is confirmed, or would wait after an undo."""
    if comment.status == Status.MUTED:
        return HeldBecause.RULE
    instead = HeldBecause.RULE if judgement.is_ruled else HeldBecause.FIRST_REPLY
    return judgement.reason or instead


def ask_again_to_confirm(*, comment: Comment, language: str) -> None:
    """Mail a new link for an unconfirmed reply to its address. Raises TooManyMails."""
    check_mails_to(comment.email)
    ask_again_to_confirm_reply.enqueue(comment.pk, language, f"{timezone.now():%Y-%m-%d}")
