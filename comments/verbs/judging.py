"""Judging: every judge is asked about a reply, and the strictest verdict holds.

A judge is a small callable that its app registers: the post's policy, the moderators' rules, the
filter, later other sites. So `comments` knows no judge but its own. The order follows Discourse's
`NewPostManager` handlers; unlike there all judges are asked, since moderators are shown what each
found.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter

from django.db import InterfaceError, OperationalError

from comments.form_traces import FormTraces
from comments.mail_limits import may_be_mailed
from comments.models import Comment, HeldBecause, conversation_of
from comments.verbs.verdicts import Action, Judgement, Verdict
from comments.visitor import Visitor
from site_settings.choices import ReplyPolicy

logger = logging.getLogger(__name__)


class Occasion(Enum):
    """When judges are asked."""

    NEW = "a reply was sent"
    EDITED = "its writer has changed the text"
    RELEASED = "what it waited for has come: it would appear by itself"


@dataclass(frozen=True, slots=True)
class Submission:
    """What judges are asked about: a reply that is not stored in this form.

    `traces` is what the form told of how it was filled in; None for a reply that no form sent.
    """

    comment: Comment
    visitor: Visitor
    occasion: Occasion = Occasion.NEW
    traces: FormTraces | None = None


Judge = Callable[[Submission], Verdict]
_judges: list[tuple[int, Judge]] = []


def register_judge(judge: Judge, *, order: int) -> None:
    """Register a judge for every reply; judges are asked in this order, the lowest first."""
    _judges.append((order, judge))
    _judges.sort(key=itemgetter(0))


def judge(submission: Submission) -> Judgement:
    """Ask every judge about a reply. Raises CannotReply if one of them refuses a new one.

    No judge is asked about replies of the post's authors and of moderators. If a judge fails, the
    reply is held for a moderator.
    """
    if submission.visitor.is_trusted_under(submission.comment.post):
        return Judgement()
    verdicts = []
    for _order, asked in _judges:
        try:
            verdict = asked(submission)
        except (InterfaceError, OperationalError):  # without a database nothing goes on
            raise
        except Exception:
            logger.exception("A judge of replies has failed, so the reply waits for a moderator")
            verdict = Verdict(Action.HOLD, HeldBecause.UNJUDGED)
        if verdict.refusal and submission.occasion is Occasion.NEW:
            raise verdict.refusal
        verdicts.append(verdict)
    return Judgement.of(verdicts)


# --- the first of the judges ---


def judge_by_policy(submission: Submission) -> Verdict:
    """Hold a reply as the post's policy says; a released reply is not held by it a second time."""
    if submission.occasion is Occasion.RELEASED:
        return Verdict()
    reason = _reason_to_hold(submission)
    return Verdict(Action.HOLD, reason) if reason else Verdict()


def _reason_to_hold(submission: Submission) -> HeldBecause | None:
    comment, visitor = submission.comment, submission.visitor
    policy = conversation_of(comment.post).policy_in_force
    if policy == ReplyPolicy.HELD:
        return HeldBecause.EVERY_REPLY
    if policy == ReplyPolicy.CONFIRMED:
        if visitor.is_proven(comment.email):
            return None
        # A mailbox that got enough mails today gets no question; a moderator decides instead.
        asks = may_be_mailed(comment.email)
        return HeldBecause.UNCONFIRMED if asks else HeldBecause.FIRST_REPLY
    return None if visitor.is_known(comment.email) else HeldBecause.FIRST_REPLY


register_judge(judge_by_policy, order=10)
