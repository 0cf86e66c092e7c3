"""The mails to who decides about replies, and to the authors of posts."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from comments.mails import about
from comments.models import Comment
from moderation.links import DECIDE
from moderation.models import Ticket
from outbox.composing import absolute, compose

# Of mails, as the outbox tells them apart.
ABOUT_REPLY, DIGEST = "about_reply", "digest"


def reply_to_decide(comment: Comment, ticket: Ticket, *, language: str) -> EmailMultiAlternatives:
    """To a moderator or an author: a reply, and links to decide about it without signing in."""
    link = absolute(reverse("moderation:decide", args=[DECIDE.sign(str(ticket.uid))]))
    context = about(comment) | {"link": link}
    return compose(
        "moderation/mail/reply_to_decide", context, to=ticket.user.email, language=language
    )


def reply_to_my_post(comment: Comment, *, to: str, language: str) -> EmailMultiAlternatives:
    """To an author who may not decide about replies: one has appeared."""
    return compose("moderation/mail/reply_to_my_post", about(comment), to=to, language=language)


def digest(context: dict[str, Any], *, to: str, language: str) -> EmailMultiAlternatives:
    """To an author or moderator who wants one mail a day."""
    context = context | {"queue": absolute(reverse("admin:comments_comment_changelist"))}
    return compose("moderation/mail/digest", context, to=to, language=language)
