"""The mails to moderators, and to the authors of posts."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from comments.mails import about
from comments.models import Comment
from moderation.links import DECIDE
from moderation.models import Ticket
from outbox.composing import absolute, compose

# The kinds of mails, for the outbox.
ABOUT_REPLY, DIGEST = "about_reply", "digest"


def reply_to_decide(comment: Comment, ticket: Ticket, *, language: str) -> EmailMultiAlternatives:
    """A mail to a moderator or author: a reply, and a link to decide without signing in."""
    link = absolute(reverse("moderation:decide", args=[DECIDE.sign(str(ticket.uid))]))
    context = about(comment) | {"link": link}
    return compose(
        "moderation/mail/reply_to_decide", context, to=ticket.user.email, language=language
    )


def reply_to_my_post(comment: Comment, *, to: str, language: str) -> EmailMultiAlternatives:
    """Return the mail that tells an author who may not decide that a reply has appeared."""
    return compose("moderation/mail/reply_to_my_post", about(comment), to=to, language=language)


def digest(context: dict[str, Any], *, to: str, language: str) -> EmailMultiAlternatives:
    """Return the daily mail to an author or moderator."""
    context = context | {"queue": absolute(reverse("admin:comments_comment_changelist"))}
    return compose("moderation/mail/digest", context, to=to, language=language)
