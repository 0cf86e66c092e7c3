"""A moderator answers a reply from the queue, and so lets it appear."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts.models import User
from comments.models import Comment, Decision, Status
from comments.moderation import Outcome, decide
from comments.posting import post_comment


class DecidedMeanwhile(Exception):
    """Somebody else decided about the reply first; nothing was sent. `outcome` has it untouched."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@transaction.atomic
def answer(
    *,
    comment: Comment,
    body: str,
    by: User,
    address: str = "",
    expecting: Status | None = None,
    seen: int | None = None,
) -> uuid.UUID:
    """Approve a reply that readers do not see yet and post an answer to it; return the batch of both.

    Undone, both wait: no word of the answer is lost. The same answer to the same reply is taken
    once. Raises DecidedMeanwhile, and what `post_comment` raises.
    """
    key = uuid.uuid5(comment.uid, f"{by.pk} {body}")
    if sent := Decision.objects.filter(comment__submission_key=key).first():
        return _sent_again(sent, by=by)
    outcome = _let_appear(comment, by=by, expecting=expecting, seen=seen)
    written = post_comment(
        post=comment.post,
        parent=comment,
        user=by,
        body=body,
        language=comment.post.language,
        address=address,
        submission_key=key,
    )
    Decision.objects.create(
        comment=written, was=Status.PENDING, decision=written.status, by=by, batch=outcome.batch
    )
    return outcome.batch


def _sent_again(sent: Decision, *, by: User) -> uuid.UUID:
    """What an undo made wait appears again, with the reply that it answers."""
    if sent.comment.is_approved or sent.comment.parent is None:
        return sent.batch or sent.comment.uid
    both = [sent.comment.parent, sent.comment]
    return decide(comments=both, decision=Status.APPROVED, by=by).batch


def _let_appear(
    comment: Comment, *, by: User, expecting: Status | None, seen: int | None
) -> Outcome:
    outcome = decide(
        comments=[comment], decision=Status.APPROVED, by=by, expecting=expecting, seen=seen
    )
    comment.refresh_from_db(fields=["status"])
    was_as_seen = comment.is_approved and expecting == Status.APPROVED
    if not outcome.changed and not was_as_seen:
        raise DecidedMeanwhile(outcome)
    return outcome
