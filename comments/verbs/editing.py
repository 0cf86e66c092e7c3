"""Editing: a writer changes a sent reply, or takes it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments.derived import derive_text
from comments.exceptions import ChangedMeanwhile, NotThere
from comments.mails import CONFIRM_REPLY
from comments.models import Comment, HeldBecause, Status, Thanks
from comments.shown import threads_changed
from comments.signals import replies_changing, replies_emptied, reply_edited, reply_held
from comments.verbs import counting
from comments.verbs.judging import Occasion, Submission, judge
from comments.verbs.status import change_status
from comments.verbs.verdicts import Action, Judgement
from comments.verbs.waiting import hold_because
from comments.visitor import NOBODY, Visitor
from outbox.sending import take_back
from web.batches import batches

TEXT = ("body", "body_html", "text_hash", "folded_text", "domains", "edited_at")
VERSIONS = ("version", "text_version", "decided_by")
READ_UNDER_LOCK = (*TEXT, *VERSIONS, "name", "website", "status", "held_because", "findings")
ERASED: dict[str, Any] = {
    "user": None,
    "name": "",
    "email": "",
    "website": "",
    "avatar_seed": "",
    "body": "",
    "body_html": "",
    "address_hash": "",
    "text_hash": None,
    "folded_text": "",
    "domains": "",
    "learned_as": "",
    "submission_key": None,
    "findings": [],
    "held_because": "",
    "confirmed_at": None,
}


@transaction.atomic
def edit_reply(
    *, comment: Comment, body: str, visitor: Visitor = NOBODY, seen: int | None = None
) -> Comment:
    """Give a reply another text; hold it again if readers see it and a judge would hold it now.

    The caller checks that the visitor wrote it (`Visitor.may_change`). `seen` is the version that
    was shown. Raises NotThere for a reply that was deleted or refused meanwhile, and
    ChangedMeanwhile for one whose text has changed.
    """
    counting.lock_threads([comment.post_id])
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    if not comment.is_changeable:
        raise NotThere
    if body == comment.body:
        return comment
    if comment.has_other_text_than(seen):
        raise ChangedMeanwhile
    replies_changing.send(sender=Comment, comments=[comment])
    _write_text(comment, body)
    judgement = judge(Submission(comment, visitor.having_sent(comment), Occasion.EDITED))
    comment.save(update_fields=[*TEXT, *VERSIONS, "findings"])
    threads_changed([comment.post_id])
    reply_edited.send(sender=Comment, comment=comment, judgement=judgement)
    if comment.is_approved:
        _hold_again(comment, judgement)
    else:
        _ask_a_moderator_instead(comment, judgement)
    return comment


def _write_text(comment: Comment, body: str) -> None:
    """Set the new text, which nobody has decided about yet."""
    comment.body = body
    derive_text(comment)
    comment.edited_at = timezone.now()
    comment.version += 1
    comment.text_version = comment.version
    comment.decided_by = None


def _hold_again(comment: Comment, judgement: Judgement) -> None:
    """Hold an approved reply as a new one would be."""
    if judgement.action is Action.APPEAR:
        return
    is_of_filter_alone = judgement.reason == HeldBecause.FILTER and not judgement.is_ruled
    hold_because(comment, HeldBecause.FILTER if is_of_filter_alone else HeldBecause.EDITED)
    change_status(comments=[comment], status=Status.PENDING, by=None)
    if not judgement.is_open:
        reply_held.send(sender=Comment, comment=comment)


def _ask_a_moderator_instead(comment: Comment, judgement: Judgement) -> None:
    """Neither the writer nor another site releases a reply that the filter or a rule holds now."""
    was_unconfirmed = comment.held_because == HeldBecause.UNCONFIRMED
    may_appear_by_itself = was_unconfirmed or comment.held_because == HeldBecause.FILTER
    waits = comment.status == Status.PENDING
    if was_unconfirmed and judgement.is_filtered:
        hold_because(comment, HeldBecause.FILTER)
    elif waits and may_appear_by_itself and judgement.is_ruled:
        hold_because(comment, HeldBecause.RULE)
    else:
        return
    if was_unconfirmed and waits and not judgement.is_open:
        reply_held.send(sender=Comment, comment=comment)


@transaction.atomic
def erase_replies(*, comments: Iterable[Comment]) -> int:
    """Erase all of these replies but their places, and unlearn them; return how many there are."""
    comments = list(comments)
    counting.lock_threads(comment.post_id for comment in comments)
    there = [one for one in _read_again(comments) if not one.is_place]
    replies_changing.send(sender=Comment, comments=there)
    change_status(comments=there, status=Status.DELETED, by=None)
    empty_replies(comments=comments)
    return len(comments)


def _read_again(comments: Collection[Comment]) -> Iterable[Comment]:
    for some in batches([comment.pk for comment in comments]):
        yield from Comment.objects.filter(pk__in=some).select_related("parent")


@transaction.atomic
def empty_replies(*, comments: Collection[Comment]) -> None:
    """Empty these replies; their places stay, since answers may stand below.

    Nobody can decide about them any more. Thanks, unsent mails about them and what other apps store
    with them are deleted. What the filter learned from them stays learned.
    """
    for some in batches([comment.pk for comment in comments]):
        emptied = Comment.objects.filter(pk__in=some)
        emptied.update(**ERASED, thanks_count=0, report_count=0)
        Thanks.objects.filter(comment__in=some).delete()
        take_back(CONFIRM_REPLY, about__in=some)
        replies_emptied.send(sender=Comment, ids=some)
