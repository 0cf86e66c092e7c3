"""Judging: every judge is asked about a reply, and the strictest verdict holds.

A judge is a small callable that its app registers: the post's policy, the moderators' rules, the
filter, later other sites. So `comments` knows no judge but its own. The order follows Discourse's
`NewPostManager` handlers; unlike there all judges are asked, since moderators are shown what each
found.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from operator import itemgetter

from django.db import InterfaceError, OperationalError

from comments.exceptions import CannotReply
from comments.form_signals import FormSignals
from comments.limits import may_be_mailed
from comments.models import Comment, CommentPolicy, HeldBecause, Status, conversation_of
from comments.visitor import Visitor

logger = logging.getLogger(__name__)


class Occasion(Enum):
    """When judges are asked."""

    NEW = "a reply was sent"
    EDITED = "its writer has changed the text"
    RELEASED = "what it waited for has come: it would appear by itself"


class Action(IntEnum):
    """What a verdict asks for, the strictest last."""

    APPEAR = 0
    HOLD = 1
    SPAM = 2
    MUTE = 3
    REFUSE = 4


@dataclass(frozen=True, slots=True)
class Submission:
    """What judges are asked about: a reply that is not stored in this form.

    `signals` is what the form told of how it was filled in; None for a reply that no form sent.
    """

    comment: Comment
    visitor: Visitor
    occasion: Occasion = Occasion.NEW
    signals: FormSignals | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of one judge: what becomes of the reply, and why, in words for moderators.

    An open verdict (`is_open`) waits for an answer from another site, and holds the reply until
    then. `refusal` is what the sender of a refused reply is told.
    """

    action: Action = Action.APPEAR
    reason: HeldBecause | None = None
    is_open: bool = False
    refusal: CannotReply | None = None


Judge = Callable[[Submission], Verdict]
STATUS = {
    Action.APPEAR: Status.APPROVED,
    Action.HOLD: Status.PENDING,
    Action.SPAM: Status.SPAM,
    Action.MUTE: Status.MUTED,
}
_judges: list[tuple[int, Judge]] = []


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts of all judges, put together."""

    action: Action = Action.APPEAR
    reason: HeldBecause | None = None
    verdicts: Sequence[Verdict] = ()

    @property
    def status(self) -> Status:
        return STATUS[self.action]

    @property
    def is_open(self) -> bool:
        """Whether an answer from another site is still missing."""
        return any(verdict.is_open for verdict in self.verdicts)

    @property
    def is_filtered(self) -> bool:
        """Whether the filter holds the reply, even if other answers are missing."""
        return any(verdict.reason == HeldBecause.FILTER for verdict in self.verdicts)

    @property
    def is_ruled(self) -> bool:
        """Whether a rule keeps the reply from readers."""
        return any(
            verdict.reason == HeldBecause.RULE or verdict.action >= Action.MUTE
            for verdict in self.verdicts
        )


def register_judge(judge: Judge, *, place: int) -> None:
    """Register a judge for every reply; judges are asked in the order of their places."""
    _judges.append((place, judge))
    _judges.sort(key=itemgetter(0))


def judge(submission: Submission) -> Judgement:
    """Ask every judge about a reply. Raises CannotReply if one of them refuses a new one.

    No judge is asked about replies of the post's authors and of moderators. If a judge fails, the
    reply is held for a moderator.
    """
    if submission.visitor.is_at_home(submission.comment.post):
        return Judgement()
    verdicts = []
    for _place, asked in _judges:
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
    return _together(verdicts)


def _together(verdicts: Sequence[Verdict]) -> Judgement:
    action = max((verdict.action for verdict in verdicts), default=Action.APPEAR)
    reason: HeldBecause | None = None
    for verdict in verdicts:
        if verdict.reason and _comes_before(verdict.reason, reason):
            reason = verdict.reason
    # A reply that is stored already cannot be refused, so it is held.
    action = Action.HOLD if action is Action.REFUSE else action
    if any(verdict.is_open for verdict in verdicts):
        reason = reason or HeldBecause.FILTER
    return Judgement(action, reason, verdicts)


def _comes_before(reason: HeldBecause, earlier: HeldBecause | None) -> bool:
    """Return whether a judge's reason replaces that of an earlier judge.

    A rule's reason always does. Any reason replaces UNCONFIRMED: a reply that waits for a moderator
    anyway needs no confirmation.
    """
    return earlier in {None, HeldBecause.UNCONFIRMED} or reason == HeldBecause.RULE


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
    if policy == CommentPolicy.HELD:
        return HeldBecause.EVERY_REPLY
    if policy == CommentPolicy.CONFIRMED:
        if visitor.is_proven(comment.email):
            return None
        # A mailbox that got enough mails today gets no question; a moderator decides instead.
        asks = may_be_mailed(comment.email)
        return HeldBecause.UNCONFIRMED if asks else HeldBecause.FIRST_REPLY
    return None if visitor.is_known(comment.email) else HeldBecause.FIRST_REPLY


register_judge(judge_by_policy, place=10)
