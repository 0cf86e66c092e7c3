"""Answering: a moderator answers a reply from the queue, and so approves it."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from moderation.deciding import Outcome, decide
from moderation.models import Batch, Decision


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
    visitor: Visitor,
    seen: int,
) -> Batch:
    """Approve a reply that readers do not see yet and post an answer; return the batch of both.

    `seen` is the version of the reply that was shown. An undo holds both: the text of the answer is
    kept, and sent again it appears. The same answer to the same reply is stored once. Raises
    DecidedMeanwhile, and what `post_comment` raises.
    """
    by = visitor.user
    if by is None:
        raise PermissionDenied
    key = uuid.uuid5(comment.uid, f"{by.pk} {body}")
    sent = Decision.objects.filter(comment__submission_key=key).select_related("batch").first()
    if sent and sent.batch and sent.comment.is_approved and comment.is_approved:
        return sent.batch
    batch = _let_appear(comment, by=by, seen=seen)
    if sent:
        _send_again(sent.comment, by=by, batch=batch)
        return batch
    written = post_comment(
        post=comment.post,
        parent=comment,
        visitor=visitor,
        body=body,
        language=comment.post.language,
        submission_key=key,
    )
    batch.keep()
    Decision.objects.create(
        comment=written,
        was=Status.PENDING,
        decision=written.status,
        by=by,
        version=written.version,
        batch=batch,
    )
    return batch


def _send_again(written: Comment, *, by: User, batch: Batch) -> None:
    """Approve an answer that an undo holds."""
    if not written.is_approved:
        outcome = decide(comments=[written], decision=Status.APPROVED, by=by, batch=batch)
        if not outcome.changed:
            raise DecidedMeanwhile(outcome)


def _let_appear(comment: Comment, *, by: User, seen: int) -> Batch:
    """Approve the reply; nothing changes if readers see it already."""
    outcome = decide(comments=[comment], decision=Status.APPROVED, by=by, seen={comment.pk: seen})
    comment.refresh_from_db(fields=["status", "version"])
    was_as_seen = comment.is_approved and comment.version == seen
    if not outcome.changed and not was_as_seen:
        raise DecidedMeanwhile(outcome)
    return outcome.batch
