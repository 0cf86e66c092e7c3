"""The one door by which every reply enters."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.mailboxes import mailbox_of
from accounts.models import User
from blog.models import Post
from comments import counting, limits, notices, tasks
from comments.avatars import avatar_seed
from comments.following import follow
from comments.models import Comment, HeldBecause, Scope, Status
from comments.paths import path_below
from comments.policy import (
    CannotReply,
    check_may_reply,
    is_at_home,
    is_proven,
    known_replies,
    reason_to_hold,
)
from comments.rendering import html_of
from comments.rights import CHANGEABLE
from comments.rules import apply_rules
from comments.signals import comment_approved, comment_posted
from comments.spam.base import Signals
from comments.spam.checking import have_checked, is_being_checked
from comments.spam.fingerprint import fingerprint
from comments.spam.pipeline import Outcome, stored_verdict
from comments.spam.screening import screen

# A muted reply is answered by its writer only, who sees nothing odd about it.
ANSWERABLE = (Status.APPROVED, Status.MUTED)


class ParentIsAway(Exception):
    """The reply to be answered stands under another post, or readers do not see it any more."""


def post_comment(
    *,
    post: Post,
    body: str,
    language: str,
    parent: Comment | None = None,
    user: User | None = None,
    name: str = "",
    email: str = "",
    website: str = "",
    address: str = "",
    at: datetime | None = None,
    own_replies: Collection[int] = (),
    wants_answers: bool = False,
    submission_key: uuid.UUID | None = None,
    signals: Signals | None = None,
) -> Comment:
    """Take a reply: approved at once, held or muted, as policy, rules and filter say.

    An account writes under its own name; `name`, `email` and `website` are a guest's. `body` is
    the Markdown of at most 10,000 characters, `address` the sender's network address as
    `accounts.addresses` gives it, `own_replies` the ids of replies that the sender's browser is
    known to have sent, `signals` what a form told of how it was filled in. `wants_answers` asks for
    a mail when somebody answers. `submission_key` tells one person's filled-in form from another: a
    second call with the same one, or with another one but the same person, place and text within
    minutes, returns the first one's reply, and adds the wish for answers if the first had none.
    Raises CannotReply, ParentIsAway or TooManyReplies.
    """
    comment = Comment(
        post=post,
        parent=parent,
        **_written_by(user, name=name, email=email, website=website),
        body=body,
        language=language,
        submitted_at=at or timezone.now(),
        submission_key=submission_key,
    )
    if submission_key and (said := _said_before(comment, own_replies)):
        return _once_more(comment, said, wants_answers=wants_answers, own_replies=own_replies)
    try:
        return _take(
            comment, address, signals, wants_answers=wants_answers, own_replies=own_replies
        )
    except (CannotReply, ParentIsAway, limits.TooManyReplies, IntegrityError):
        # The same form, sent again or twice at once: the first was taken.
        if sent := _sent_before(submission_key):
            return _once_more(comment, sent, wants_answers=wants_answers, own_replies=own_replies)
        raise


def _written_by(user: User | None, *, name: str, email: str, website: str) -> dict[str, Any]:
    if user:
        return {"user": user, "name": user.public_name}
    return {"name": name, "email": mailbox_of(email), "website": website}


def _take(
    comment: Comment,
    address: str,
    signals: Signals | None,
    *,
    wants_answers: bool,
    own_replies: Collection[int],
) -> Comment:
    comment.address_hash = limits.hash_address(address, now=comment.submitted_at)
    _admit(comment, address)
    # Rendering and judging hold no lock: on SQLite all other writers would wait for them.
    derive(comment)
    _judge(comment, signals=signals, own_replies=own_replies)
    return _store(comment, address=address, wants_answers=wants_answers, own_replies=own_replies)


def _said_before(comment: Comment, own_replies: Collection[int]) -> Comment | None:
    """By who went back in the browser and pressed once more, in what is a new form to us."""
    theirs = known_replies(user_id=comment.user_id, email=comment.email, own_replies=own_replies)
    if theirs is None:
        return None
    just_now = theirs.since(comment.submitted_at - limits.WINDOW).filter(status__in=CHANGEABLE)
    place = {"post": comment.post, "parent": comment.parent}
    by_line = {"name": comment.name, "website": comment.website}
    return just_now.filter(**place, **by_line, body=comment.body).first()


def _admit(comment: Comment, address: str) -> None:
    """Whether a reply of this sender is taken here and now at all."""
    check_may_reply(comment.post, comment.user)
    parent = comment.parent
    if parent and (parent.post_id != comment.post_id or parent.status not in ANSWERABLE):
        raise ParentIsAway
    limits.check_pace(
        user=comment.user,
        address=address,
        address_hash=comment.address_hash,
        now=comment.submitted_at,
    )


def _judge(comment: Comment, *, signals: Signals | None, own_replies: Collection[int]) -> None:
    """What becomes of it: the post's policy is asked first, then the rules, then the filter.

    They are asked nothing about authors of the post and moderators.
    """
    comment.status = Status.APPROVED
    if not is_at_home(comment.user, comment.post):
        comment.held_because = reason_to_hold(comment, own_replies=own_replies) or ""
        comment.status = Status.PENDING if comment.held_because else Status.APPROVED
        apply_rules(comment)
        screen(comment, signals=signals, own_replies=own_replies)
    if comment.parent and comment.parent.status == Status.MUTED:
        comment.status = Status.MUTED
    if comment.status == Status.MUTED:
        # Why it would wait, which is what its writer is told; else it would stand there.
        comment.held_because = comment.held_because or HeldBecause.RULE
    comment.appeared_at = timezone.now() if comment.is_approved else None


def derive(comment: Comment) -> None:
    """Fill every field of a reply that follows from the others; nothing is saved."""
    above = comment.parent.path if comment.parent else ""
    comment.path = path_below(above, at=comment.submitted_at, uid=comment.uid)
    comment.body_html = html_of(comment.body, language=comment.language)
    comment.text_hash = fingerprint(comment.body, comment.body_html)
    comment.avatar_seed = avatar_seed(user_id=comment.user_id, email=comment.email)


def _sent_before(key: uuid.UUID | None) -> Comment | None:
    return Comment.objects.filter(submission_key=key).first() if key else None


def _once_more(
    comment: Comment, first: Comment, *, wants_answers: bool, own_replies: Collection[int]
) -> Comment:
    """The first reply, which this one is again; the box for answers may have been ticked meanwhile."""
    # One that an account has claimed since is not the guest's to follow any more.
    if wants_answers and first.person == comment.person:
        _follow_answers(first, own_replies)
    return first


@transaction.atomic
def _store(
    comment: Comment, *, address: str, wants_answers: bool, own_replies: Collection[int]
) -> Comment:
    comment.save(force_insert=True)
    if comment.is_approved:
        counting.count_in([comment])
    _tell(comment)
    if comment.status != Status.MUTED:
        _announce(comment)
    have_checked(comment, address=address)
    if wants_answers:
        _follow_answers(comment, own_replies)
    return comment


def _tell(comment: Comment) -> None:
    """By mail, from the background: whoever follows, or whoever decides, or the guest who shall confirm."""
    if comment.is_approved:
        tasks.tell_of_appeared.enqueue([comment.pk])
    elif comment.held_because == HeldBecause.UNCONFIRMED:
        if not is_being_checked(comment):
            tasks.ask_to_confirm_reply.enqueue(comment.pk, get_language() or comment.language)
    elif comment.status != Status.MUTED and not (
        is_being_checked(comment) or notices.is_flooded(comment.post)
    ):
        tasks.tell_of_waiting.enqueue(comment.pk)


def _follow_answers(comment: Comment, own_replies: Collection[int]) -> None:
    # Confirming the reply confirms this too (`comments.confirming`). About one that the filter holds
    # nobody is asked before a moderator has let it appear (`comments.notices`).
    is_asked = comment.held_because == HeldBecause.UNCONFIRMED and comment.confirmed_at is None
    is_clean = stored_verdict(comment.findings).outcome is Outcome.APPEAR
    follow(
        post=comment.post,
        scope=Scope.ANSWERS,
        user=comment.user,
        email=comment.email,
        language=get_language() or comment.language,
        is_proven=is_proven(email=comment.email, own_replies=own_replies),
        may_ask=is_clean and not is_asked and limits.may_be_mailed(comment.email),
    )


def _announce(comment: Comment) -> None:
    signals = [comment_posted, comment_approved] if comment.is_approved else [comment_posted]
    for signal in signals:
        transaction.on_commit(partial(signal.send, sender=Comment, comment=comment))
