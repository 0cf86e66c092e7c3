"""What judges say of a reply, and what becomes of it by all that they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils import timezone

from comments.exceptions import CannotReply
from comments.models import Comment, HeldBecause, Status


class Action(IntEnum):
    """What a verdict asks for, the strictest last."""

    APPEAR = 0
    HOLD = 1
    SPAM = 2
    MUTE = 3
    REFUSE = 4


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


STATUS = {
    Action.APPEAR: Status.APPROVED,
    Action.HOLD: Status.PENDING,
    Action.SPAM: Status.SPAM,
    Action.MUTE: Status.MUTED,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts of all judges, put together."""

    action: Action = Action.APPEAR
    reason: HeldBecause | None = None
    verdicts: Sequence[Verdict] = ()

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> Judgement:
        """Put the verdicts together: the strictest action, and the reason that counts."""
        action = max((verdict.action for verdict in verdicts), default=Action.APPEAR)
        reason: HeldBecause | None = None
        for verdict in verdicts:
            if verdict.reason and _comes_before(verdict.reason, reason):
                reason = verdict.reason
        if any(verdict.is_open for verdict in verdicts):
            reason = reason or HeldBecause.FILTER
        # A reply that is stored already cannot be refused, so it is held.
        return cls(Action.HOLD if action is Action.REFUSE else action, reason, verdicts)

    def apply_to(self, comment: Comment) -> None:
        """Give a new reply its status, and the reason if it is held; save nothing."""
        is_muted = self.action is Action.MUTE or _is_muted(comment.parent)
        comment.status = Status.MUTED if is_muted else STATUS[self.action]
        # Moderators read the reason. It also decides what the writer of a muted reply is shown: with
        # RULE that it is approved, with any other that it waits (`comments.models.status`).
        comment.held_because = self.reason or (HeldBecause.RULE if is_muted else "")
        comment.appeared_at = timezone.now() if comment.is_approved else None

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


def _comes_before(reason: HeldBecause, earlier: HeldBecause | None) -> bool:
    """Return whether a judge's reason replaces that of an earlier judge.

    A rule's reason always does. Any reason replaces UNCONFIRMED: a reply that waits for a moderator
    anyway needs no confirmation.
    """
    return earlier in {None, HeldBecause.UNCONFIRMED} or reason == HeldBecause.RULE


def _is_muted(parent: Comment | None) -> bool:
    return parent is not None and parent.status == Status.MUTED
