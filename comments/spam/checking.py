"""Asking Akismet about a reply, which waits till the answer comes.

While Akismet is out of reach the task is tried again, for more than a day, and then parked; the reply
stays in the queue all the while, where a moderator can decide without the answer. Moderators get their
mail about it once there is an answer, or once there was none.
"""

from __future__ import annotations

from django.db import transaction

from background.queue import GiveUp, task
from comments import counting
from comments.models import Comment, HeldBecause, Status
from comments.moderation import decide
from comments.rules import is_kept_by_rules
from comments.spam import akismet
from comments.spam.base import Finding
from comments.spam.pipeline import Outcome, Verdict, is_held, stored_verdict, verdict_on
from comments.spam.rules.akismet import AskedAkismet
from comments.spam.tasks import correct_akismet
from comments.tasks import ask_to_confirm_reply, tell_of_waiting


def is_being_checked(comment: Comment) -> bool:
    return any(finding.waits for finding in stored_verdict(comment.findings).findings)


def have_checked(comment: Comment, *, address: str = "") -> None:
    """Have a reply that was just written checked, if one of its findings waits for that."""
    if is_being_checked(comment):
        ask_akismet.enqueue(comment.pk, akismet.shared_part(address))


@task()
def ask_akismet(comment_id: int, network: str) -> None:
    comment = Comment.objects.select_related("post").filter(pk=comment_id).first()
    if comment is None or not is_being_checked(comment):
        return
    try:
        answer = akismet.check(comment, network=network)
    except akismet.Refused as refusal:
        _go_on_without(comment)
        raise GiveUp(str(refusal)) from refusal
    except OSError:
        _go_on_without(comment)
        raise
    _take(comment, AskedAkismet().answered(answer))


def _go_on_without(comment: Comment) -> None:
    """Until there is an answer a moderator can decide, and its writer can confirm it."""
    tell_of_waiting.enqueue(comment.pk)
    if comment.held_because == HeldBecause.UNCONFIRMED:
        ask_to_confirm_reply.enqueue(comment.pk, comment.language)


@transaction.atomic
def _take(comment: Comment, answer: Finding) -> None:
    """Put the answer in the place of the question, and let the reply appear if that was all."""
    counting.lock_threads([comment.post_id])
    as_asked = Comment.objects.filter(pk=comment.pk, edited_at=comment.edited_at)
    if (now := as_asked.select_related("post").first()) is None or not is_being_checked(now):
        return
    comment = now
    findings = stored_verdict(comment.findings).findings
    verdict = verdict_on(answer if finding.waits else finding for finding in findings)
    stored = [finding.as_json() for finding in verdict.findings]
    Comment.objects.filter(pk=comment.pk).update(findings=stored)
    decision = _decision(comment, verdict)
    if decision == Status.APPROVED and is_kept_by_rules(comment):
        decision, comment.held_because = None, HeldBecause.RULE
        comment.save(update_fields=["held_because"])
    if comment.held_because == HeldBecause.UNCONFIRMED and is_held(stored):
        comment.held_because = HeldBecause.FILTER
        comment.save(update_fields=["held_because"])
    if decision:
        decide(comments=[comment], decision=decision, by=None, expecting=Status.PENDING)
    elif comment.held_because == HeldBecause.UNCONFIRMED:
        ask_to_confirm_reply.enqueue(comment.pk, comment.language)
    else:
        tell_of_waiting.enqueue(comment.pk)
    correct_akismet.enqueue(comment.pk)


def _decision(comment: Comment, verdict: Verdict) -> Status | None:
    """What the policy or a rule of the site holds is not let through by the filter."""
    if verdict.outcome is Outcome.SPAM:
        return Status.SPAM
    cleared = verdict.outcome is Outcome.APPEAR and comment.held_because == HeldBecause.FILTER
    return Status.APPROVED if cleared else None
