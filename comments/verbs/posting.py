"""Posting: every reply is stored by `post_comment`."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.mailboxes import mailbox_of
from blog.models import Post
from comments.derived import derive
from comments.exceptions import CannotReply, ParentIsAway
from comments.form_traces import FormTraces
from comments.limits import TooManyReplies, check_replies_of
from comments.models import ANSWERABLE, CHANGEABLE, Comment
from comments.policy import check_may_reply
from comments.signals import answers_wanted, reply_posted
from comments.verbs.counting import count_in
from comments.verbs.judging import Submission, judge
from comments.verbs.waiting import ask_whoever_decides
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
    traces: FormTraces | None = None,
) -> Comment:
    """Store a reply as the judges say (approved, held, muted or spam), and return it.

    An account writes under its own name; `name`, `email` and `website` are a guest's. `body` is the
    Markdown of at most 10,000 characters, `traces` what a form told of how it was filled in.
    `wants_answers` asks for a mail when somebody answers. `submission_key` identifies one filled-in
    form: a second call with the same key, or with the same person, place and text within minutes,
    returns the first call's reply, and adds the wish for answers if the first had none. Raises
    CannotReply, ParentIsAway or TooManyReplies.
    """
    if not visitor.language:
        visitor = replace(visitor, language=language)
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
        return _take(comment, visitor, traces, wants_answers=wants_answers)
    except (CannotReply, ParentIsAway, TooManyReplies, IntegrityError):
        # The same form, sent again or twice at once: the first was taken.
        if sent := _sent_before(submission_key):
            return _once_more(comment, sent, visitor, wants_answers=wants_answers)
        raise


def _written_by(visitor: Visitor, *, name: str, email: str, website: str) -> dict[str, Any]:
    if visitor.user:
        return {"user": visitor.user, "name": visitor.user.public_name}
    return {"name": name, "email": mailbox_of(email), "website": website}


def _take(
    comment: Comment, visitor: Visitor, traces: FormTraces | None, *, wants_answers: bool
) -> Comment:
    check_may_reply(comment.post, visitor)
    _check_there(comment.parent, comment.post)
    comment.address_hash = visitor.address_hash(comment.submitted_at)
    check_replies_of(visitor, address_hash=comment.address_hash, now=comment.submitted_at)
    # Rendering and judging hold no lock: on SQLite all other writers would wait for them.
    derive(comment)
    judgement = judge(Submission(comment, visitor, traces=traces))
    judgement.apply_to(comment)
    with transaction.atomic():
        comment.save(force_insert=True)
        if comment.is_approved:
            count_in([comment])
        reply_posted.send(sender=Comment, comment=comment, visitor=visitor, judgement=judgement)
        if not judgement.is_open:
            ask_whoever_decides(comment, language=visitor.language)
        if wants_answers:
            answers_wanted.send(sender=Comment, comment=comment, visitor=visitor)
    return comment


def _said_before(comment: Comment, visitor: Visitor) -> Comment | None:
    """Return an equal reply that the same person sent within minutes by another form, else None.

    A writer who goes back in the browser and sends again has a new form and so a new key.
    """
    just_now = comment.submitted_at - WINDOW
    place = (comment.post_id, comment.parent_id, comment.name, comment.website)
    there = [
        sent.pk
        for sent in visitor.sent_before(comment.email)
        if sent.submitted_at >= just_now
        and sent.status in CHANGEABLE
        and (sent.post_id, sent.parent_id, sent.name, sent.website) == place
    ]
    return Comment.objects.filter(pk__in=there, body=comment.body).first() if there else None


def _check_there(parent: Comment | None, post: Post) -> None:
    if parent and (parent.post_id != post.pk or parent.status not in ANSWERABLE):
        raise ParentIsAway


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
