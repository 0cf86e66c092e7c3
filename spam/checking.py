"""Asking Akismet about a reply, which is held until the answer comes.

While Akismet is out of reach the task is tried again, for more than a day, and then parked.
Meanwhile the reply is in the moderation queue, where a moderator can decide without the answer.
Moderators get a mail about it after an answer, or after the first failure to get one.
"""

from __future__ import annotations

from django.db import transaction

from background.queue import GiveUp, task
from comments.models import Comment, HeldBecause, Status
from comments.signals import reply_held
from comments.tasks import ask_to_confirm_reply
from comments.verbs import counting
from comments.verbs.judging import Occasion, Submission, judge
from comments.verbs.status import change_status
from comments.verbs.verdicts import Action, Judgement
from comments.verbs.waiting import ask_whoever_decides, hold_because
from comments.visitor import Visitor
from spam import akismet
from spam.base import Finding
from spam.models import AkismetCheck
from spam.results import Outcome, stored_result
from spam.rules.akismet import AskedAkismet
from spam.tasks import correct_akismet


def have_checked(comment: Comment, *, address: str = "") -> None:
    """Ask Akismet about a reply's present text, in the background."""
    AkismetCheck.objects.update_or_create(comment=comment, defaults={"answer": "", "told": ""})
    ask_akismet.enqueue(comment.pk, akismet.shared_part(address))


@task()
def ask_akismet(comment_id: int, network: str) -> None:
    waiting = AkismetCheck.objects.filter(pk=comment_id, answer="")
    check = waiting.select_related("comment__post").first()
    if check is None:
        return
    comment = check.comment
    try:
        answer = akismet.check(comment, network=network)
    except akismet.Refused as refusal:
        _go_on_without(comment)
        raise GiveUp(str(refusal)) from refusal
    except OSError:
        _go_on_without(comment)
        raise
    _take(comment, AskedAkismet().answered(answer), answer)


def _go_on_without(comment: Comment) -> None:
    """Ask a moderator to decide without an answer, and the writer to confirm the reply."""
    reply_held.send(sender=Comment, comment=comment)
    if comment.held_because == HeldBecause.UNCONFIRMED:
        ask_to_confirm_reply.enqueue(comment.pk, comment.language)


@transaction.atomic
def _take(asked: Comment, finding: Finding, answer: str) -> None:
    """Store the answer with the rules' findings, and approve the reply if nothing else holds it."""
    counting.lock_threads([asked.post_id])
    as_asked = Comment.objects.filter(pk=asked.pk, text_version=asked.text_version)
    comment = as_asked.select_related("post__conversation", "user").first()
    waiting = AkismetCheck.objects.filter(comment=asked.pk, answer="")
    if comment is None or not waiting.update(answer=answer):
        return
    comment.findings = [*comment.findings, finding.as_json()]
    comment.save(update_fields=["findings"])
    _follow_answer(comment, judge(Submission(comment, Visitor(comment.user), Occasion.RELEASED)))
    correct_akismet.enqueue(comment.pk)


def _follow_answer(comment: Comment, judgement: Judgement) -> None:
    """Change the status by Akismet's answer, unless the policy or a rule of the site holds it."""
    if judgement.is_ruled and comment.held_because == HeldBecause.FILTER:
        hold_because(comment, HeldBecause.RULE)
    elif judgement.is_filtered and comment.held_because == HeldBecause.UNCONFIRMED:
        hold_because(comment, HeldBecause.FILTER)
    status = _status(comment, judgement)
    if status and comment.status == Status.PENDING:
        change_status(comments=[comment], status=status, by=None)
    elif status is None:
        ask_whoever_decides(comment, language=comment.language)


def _status(comment: Comment, judgement: Judgement) -> Status | None:
    """Return the reply's new status; None if somebody must still decide or confirm."""
    if stored_result(comment.findings).outcome is Outcome.SPAM:
        return Status.SPAM
    is_cleared = judgement.action is Action.APPEAR and comment.held_because == HeldBecause.FILTER
    return Status.APPROVED if is_cleared else None
