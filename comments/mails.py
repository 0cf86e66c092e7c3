"""The mails of the conversation: to whom, in which language, about what. `comments.tasks` sends them.

A mail to an address that is not proven to be the asker's holds nothing that the asker wrote.
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
# Of mails, as the outbox tells them apart.
CONFIRM_REPLY = "confirm_reply"


def confirm_reply(comment: Comment, *, language: str) -> EmailMultiAlternatives:
    """To the address that somebody gave: did you write this? The page behind the link shows what.

    In the interface's language nearest to `language`, which may be any (BCP 47).
    """
    token = mail_links.CONFIRM_REPLY.sign(comment.pk)
    link = absolute(reverse("comments:confirm", args=[token]))
    context = {"post": comment.post, "link": link}
    spoken = interface_language(language)
    return compose("comments/mail/confirm_reply", context, to=comment.email, language=spoken)


def about(comment: Comment) -> dict[str, Any]:
    """What every mail about a reply says of it."""
    return {
        "comment": comment,
        "post": comment.post,
        "text": Truncator(text_of(with_targets(comment.body_html))).chars(MOST_QUOTED),
        "reply_url": absolute(comment.get_absolute_url()),
        "post_url": absolute(comment.post.get_absolute_url()),
    }
