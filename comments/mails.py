"""The mails of the conversation. `comments.tasks` sends them.

A mail to an address that is not proven to be the sender's holds nothing that the sender wrote.
"""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.text import Truncator

from blog.languages import interface_language
from comments import mail_links
from comments.models import Comment
from markup import text_of, with_targets
from outbox.composing import absolute, compose

MOST_QUOTED = 1500
# The kind of mail, for the outbox.
CONFIRM_REPLY = "confirm_reply"


def confirm_reply(comment: Comment, *, language: str) -> EmailMultiAlternatives:
    """Return the mail that asks an address: did you write this? Its link leads to the reply.

    It is in the interface language nearest to `language`, which may be any (BCP 47).
    """
    token = mail_links.CONFIRM_REPLY.sign(comment.pk)
    link = absolute(reverse("comments:confirm", args=[token]))
    context = {"post": comment.post, "link": link}
    spoken = interface_language(language)
    return compose("comments/mail/confirm_reply", context, to=comment.email, language=spoken)


def about(comment: Comment) -> dict[str, Any]:
    """Return the template context that every mail about a reply shares."""
    return {
        "comment": comment,
        "post": comment.post,
        "text": Truncator(text_of(with_targets(comment.body_html))).chars(MOST_QUOTED),
        "reply_url": absolute(comment.get_absolute_url()),
        "post_url": absolute(comment.post.get_absolute_url()),
    }
