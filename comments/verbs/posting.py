"""Posting: every reply is stored by `post_comment`."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.mailboxes import mailbox_of
from blog.models import Post
from comments import limits, tasks
from comments.derived import derive
from comments.exceptions import CannotReply, ParentIsAway
from comments.form_signals import FormSignals
from comments.models import ANSWERABLE, CHANGEABLE, Comment, HeldBecause, Status
from comments.policy import check_may_reply
from comments.signals import answers_wanted, reply_held, reply_posted
from comments.verbs import counting
from comments.verbs.judging import Judgement, Submission, judge
from comments.visitor import NOBODY, Visitor
from web.ratelimit import WINDOW


def post_comment(
    *,
    post: Post,
    body: str,
    language: str,
    visitor: Visitor = NOBODY,
    parent: Comment | None = None,
    name: str = "",
    email: str = "",
    website: str = "",
    at: datetime | None = None,
    wants_answers: bool = False,
    submission_key: uuid.UUID | None = None,
    signals: FormSignals | None = None,
) -> Comment:
    """Store a reply as the judges say (approved, held, muted or spam), and return it.

    An account writes under its own name; `name`, `email` and `website` are a guest's. `body` is the
    Markdown of at most 10,000 characters, `signals` what a form told of how it was filled in.
    `wants_answers` asks for a mail when somebody answers. `submission_key` identifies one filled-in
    form: a second call with the same key, or with the same person, place and text within minutes,
    returns the first call's reply, and adds the wish for answers if the first had none. Raises
    CannotReply, ParentIsAway or TooManyReplies.
    """
    comment = Comment(
        post=post,
        parent=parent,
        **_written_by(visitor, name=name, email=email, website=website),
        body=body,
        language=language,
        submitted_at=at or timezone.now(),
        submission_key=submission_key,
    )
    if submission_key and (said := _said_before(comment, visitor)):
        return _once_more(comment, said, visitor, wants_answers=wants_answers)
    try:
        return _take(comment, visitor, signals, wants_answers=wants_answers)
    except (CannotReply, ParentIsAway, limits.TooManyReplies, IntegrityError):
        # The same form, sent again or twice at once: the first was taken.
        if sent := _sent_before(submission_key):
            return _once_more(comment, sent, visitor, wants_answers=wants_answers)
        raise


def _written_by(visitor: Visitor, *, name: str, email: str, website: str) -> dict[str, Any]:
    if visitor.user:
        return {"user": visitor.user, "name": visitor.user.public_name}
    return {"name": name, "email": mailbox_of(email), "website": website}


def _take(
    comment: Comment, visitor: Visitor, signals: FormSignals | None, *, wants_answers: bool
) -> Comment:
    comment.address_hash = visitor.address_hash(comment.submitted_at)
    _admit(comment, visitor)
    # Rendering and judging hold no lock: on SQLite all other writers would wait for them.
    derive(comment)
    judgement = judge(Submission(comment, visitor, signals=signals))
    _give_status(comment, judgement)
    return _store(comment, visitor, judgement, wants_answers=wants_answers)


def _said_before(comment: Comment, visitor: Visitor) -> Comment | None:
    """Return an equal reply that the same person sent within minutes by another form, else None.

    A writer who goes back in the browser and sends again has a new form and so a new key.
    """
    theirs = visitor.known_replies(comment.email)
    if theirs is None:
        return None
    just_now = theirs.since(comment.submitted_at - WINDOW).filter(status__in=CHANGEABLE)
    place = {"post": comment.post, "parent": comment.parent}
    by_line = {"name": comment.name, "website": comment.website}
    return just_now.filter(**place, **by_line, body=comment.body).first()


def _admit(comment: Comment, visitor: Visitor) -> None:
    """Raises CannotReply, ParentIsAway or TooManyReplies if this reply cannot be taken now."""
    check_may_reply(comment.post, visitor)
    parent = comment.parent
    if parent and (parent.post_id != comment.post_id or parent.status not in ANSWERABLE):
        raise ParentIsAway
    limits.check_replies_of(visitor, address_hash=comment.address_hash, now=comment.submitted_at)


def _give_status(comment: Comment, judgement: Judgement) -> None:
    comment.status = judgement.status
    comment.held_because = judgement.reason or ""
    if comment.parent and comment.parent.status == Status.MUTED:
        comment.status = Status.MUTED
    if comment.status == Status.MUTED:
        # The reason that its writer is told; RULE if it would have appeared.
        comment.held_because = comment.held_because or HeldBecause.RULE
    comment.appeared_at = timezone.now() if comment.is_approved else None


def _sent_before(key: uuid.UUID | None) -> Comment | None:
    return Comment.objects.filter(submission_key=key).first() if key else None


def _once_more(
    comment: Comment, first: Comment, visitor: Visitor, *, wants_answers: bool
) -> Comment:
    """Return the first reply, with the wish for answers if its box has been ticked meanwhile."""
    # Once an account has claimed the first reply, the guest cannot follow it any more.
    if wants_answers and first.person == comment.person:
        answers_wanted.send(sender=Comment, comment=first, visitor=visitor)
    return first


@transaction.atomic
def _store(
    comment: Comment, visitor: Visitor, judgement: Judgement, *, wants_answers: bool
) -> Comment:
    comment.save(force_insert=True)
    if comment.is_approved:
        counting.count_in([comment])
    reply_posted.send(sender=Comment, comment=comment, visitor=visitor, judgement=judgement)
    if not judgement.is_open:
        ask_whoever_decides(comment, language=visitor.language or comment.language)
    if wants_answers:
        answers_wanted.send(sender=Comment, comment=comment, visitor=visitor)
    return comment


def ask_whoever_decides(comment: Comment, *, language: str) -> None:
    """Ask the writer of a held reply to confirm the address, or tell moderators to decide."""
    if comment.status == Status.APPROVED:
        return
    if comment.held_because == HeldBecause.UNCONFIRMED:
        tasks.ask_to_confirm_reply.enqueue(comment.pk, language)
    elif comment.status != Status.MUTED:
        reply_held.send(sender=Comment, comment=comment)
