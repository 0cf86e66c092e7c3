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

    Undone, both wait: no word of the answer is lost, and sent again it appears. The same answer to
    the same reply is taken once. Raises DecidedMeanwhile, and what `post_comment` raises.
    """
    key = uuid.uuid5(comment.uid, f"{by.pk} {body}")
    sent = Decision.objects.filter(comment__submission_key=key).first()
    if sent and sent.comment.is_approved and comment.is_approved:
        return sent.batch or sent.comment.uid
    outcome = _let_appear(comment, by=by, expecting=expecting, seen=seen)
    if sent:
        return _send_again(sent.comment, by=by, seen=seen, batch=outcome.batch)
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


def _send_again(written: Comment, *, by: User, seen: int | None, batch: uuid.UUID) -> uuid.UUID:
    """An answer that an undo made wait."""
    if not written.is_approved:
        outcome = decide(
            comments=[written], decision=Status.APPROVED, by=by, seen=seen, batch=batch
        )
        if not outcome.changed:
            raise DecidedMeanwhile(outcome)
    return batch


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
