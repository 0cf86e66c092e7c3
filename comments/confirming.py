"""Proving an e-mail address: of a guest who replied, or who wants to be told of replies."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments import counting, limits
from comments.editing import ChangedMeanwhile, version_of
from comments.models import Comment, Follow, HeldBecause, Scope, Status
from comments.moderation import decide
from comments.rules import is_kept_by_rules
from comments.spam.pipeline import Outcome, stored_verdict
from comments.tasks import ask_again_to_confirm_reply, tell_of_waiting

READ_UNDER_LOCK = (
    *("confirmed_at", "body", "body_html", "edited_at"),
    *("status", "held_because", "findings"),
)


@transaction.atomic
def confirm_reply(*, comment: Comment, seen: str | None = None) -> None:
    """The writer opened the link that was mailed: what was held for that alone appears.

    What the filter would have held, or a rule holds, waits on for a moderator. Once is as good as
    twice. `seen` is the version of the text that was shown. Raises ChangedMeanwhile if there is
    another one now.
    """
    now = timezone.now()
    counting.lock_threads([comment.post_id])
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    if comment.confirmed_at is None and seen not in (None, version_of(comment)):
        raise ChangedMeanwhile
    if not Comment.objects.filter(pk=comment.pk, confirmed_at=None).update(confirmed_at=now):
        return
    # Anybody may have asked for every reply in the writer's name: this mail asked nothing of that.
    Follow.objects.unconfirmed().filter(post=comment.post_id, email=comment.email).update(
        confirmed_at=now, scope=Scope.ANSWERS
    )
    if comment.held_because != HeldBecause.UNCONFIRMED:
        return
    is_clean = stored_verdict(comment.findings).outcome is Outcome.APPEAR
    waits = comment.status == Status.PENDING
    # Moderators may have made a rule since it was sent.
    is_ruled = comment.status == Status.MUTED or (waits and is_kept_by_rules(comment))
    if waits and is_clean and not is_ruled:
        decide(comments=[comment], decision=Status.APPROVED, by=None)
        return
    # To whoever wrote it, it waits for a moderator now, be it muted or called spam.
    reason = HeldBecause.RULE if is_ruled else HeldBecause.FILTER
    Comment.objects.filter(pk=comment.pk).update(held_because=reason)
    if waits:
        tell_of_waiting.enqueue(comment.pk)


def ask_again_to_confirm(*, comment: Comment, language: str) -> None:
    """Mail a new link to the address of a reply that waits for it. Raises TooManyMails."""
    limits.check_mails_to(comment.email)
    ask_again_to_confirm_reply.enqueue(comment.pk, language, f"{timezone.now():%Y-%m-%d}")
