"""What a writer does with a reply that was sent: change it, or take it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments import counting
from comments.batches import batches
from comments.models import Comment, Decision, HeldBecause, Report, Status, Thanks, Ticket
from comments.moderation import decide
from comments.policy import is_at_home, reason_to_hold
from comments.rendering import html_of
from comments.rights import CHANGEABLE, NotThere
from comments.rules import is_kept_by_rules, matching
from comments.spam.checking import have_checked, is_being_checked
from comments.spam.fingerprint import fingerprint
from comments.spam.learning import forget
from comments.spam.pipeline import is_held
from comments.spam.screening import screen_again
from comments.tasks import tell_of_waiting
from outbox.sending import take_back

TEXT = ("body", "body_html", "text_hash", "edited_at")
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
    "learned_as": "",
    "submission_key": None,
    "findings": [],
    "held_because": "",
    "is_pinned": False,
    "confirmed_at": None,
}


class ChangedMeanwhile(Exception):
    """The reply has another text than the one that was before its writer's eyes."""


def version_of(comment: Comment) -> str:
    """What tells a reply's text from those that it had before."""
    return comment.edited_at.isoformat() if comment.edited_at else ""


@transaction.atomic
def edit_reply(
    *, comment: Comment, body: str, own_replies: Collection[int] = (), seen: str | None = None
) -> Comment:
    """Give a reply another text. One that readers see is held again if a new one would be.

    The caller sees to it that whoever asks wrote it (`comments.rights`). `own_replies` are the ids
    of replies that are proven to be the same person's, `seen` the version of the text that was
    shown. Raises NotThere for one that was deleted or turned away meanwhile, ChangedMeanwhile for
    one of another version.
    """
    counting.lock_threads([comment.post_id])
    comment.refresh_from_db(fields=[*TEXT, "status", "held_because", "findings"])
    if comment.status not in CHANGEABLE:
        raise NotThere
    if body == comment.body:
        return comment
    if seen not in (None, version_of(comment)):
        raise ChangedMeanwhile
    forget([comment])
    comment.body = body
    comment.body_html = html_of(body, language=comment.language)
    comment.text_hash = fingerprint(body, comment.body_html)
    comment.edited_at = timezone.now()
    reason = _reason_to_hold_again(comment, own_replies)
    comment.save(update_fields=[*TEXT, "findings"])
    if comment.is_approved and reason:
        decide(comments=[comment], decision=Status.PENDING, by=None)
        comment.held_because = reason
        comment.save(update_fields=["held_because"])
        if not is_being_checked(comment):
            tell_of_waiting.enqueue(comment.pk)
    else:
        _log_unread_text(comment)
        _ask_a_moderator_instead(comment)
    have_checked(comment)
    return comment


def render_again(*, comment: Comment) -> bool:
    """Derive the HTML of a reply anew after an upgrade; return whether it is another one now."""
    html = html_of(comment.body, language=comment.language)
    same = Comment.objects.filter(pk=comment.pk, body=comment.body)
    return html != comment.body_html and bool(same.update(body_html=html))


def _log_unread_text(comment: Comment) -> None:
    """Who is about to decide, or to undo, has read another text: a line of the log stops them."""
    if not comment.is_approved:
        status = comment.status
        Decision.objects.create(comment=comment, was=status, decision=status, by=None)


def _ask_a_moderator_instead(comment: Comment) -> None:
    """Neither its writer nor Akismet lets appear what the filter or a rule holds now."""
    was_unconfirmed = comment.held_because == HeldBecause.UNCONFIRMED
    waits = comment.status == Status.PENDING
    may_appear_by_itself = was_unconfirmed or comment.held_because == HeldBecause.FILTER
    if was_unconfirmed and is_held(comment.findings):
        comment.held_because = HeldBecause.FILTER
    elif waits and may_appear_by_itself and is_kept_by_rules(comment):
        comment.held_because = HeldBecause.RULE
    else:
        return
    comment.save(update_fields=["held_because"])
    if was_unconfirmed and waits and not is_being_checked(comment):
        tell_of_waiting.enqueue(comment.pk)


def _reason_to_hold_again(comment: Comment, own_replies: Collection[int]) -> HeldBecause | None:
    """As for a new reply (`comments.posting`); what the filter finds now is set."""
    if is_at_home(comment.user, comment.post):
        return None
    judged = screen_again(comment, own_replies=own_replies)
    must_wait = reason_to_hold(comment, own_replies=own_replies) or matching(comment)
    return HeldBecause.EDITED if must_wait else judged


@transaction.atomic
def erase_replies(*, comments: Iterable[Comment]) -> int:
    """Leave of these replies nothing but their places, nor what they taught; return how many."""
    comments = list(comments)
    counting.lock_threads(comment.post_id for comment in comments)
    forget(comments)
    decide(comments=comments, decision=Status.DELETED, by=None)
    empty_replies(comments=comments)
    return len(comments)


@transaction.atomic
def empty_replies(*, comments: Collection[Comment]) -> None:
    """Leave the places, which answers may stand below; nobody decides about these any more.

    Mails about them that have not gone yet do not go; thanks, reports and tickets go with them.
    What the filter learned from them stays learned.
    """
    for some in batches([comment.pk for comment in comments]):
        emptied = Comment.objects.filter(pk__in=some)
        emptied.update(**ERASED, thanks_count=0, report_count=0)
        Thanks.objects.filter(comment__in=some).delete()
        Report.objects.filter(comment__in=some).delete()
        Ticket.objects.filter(comment__in=some).delete()
        take_back(keys=[f"reply-{pk}-" for pk in some])
