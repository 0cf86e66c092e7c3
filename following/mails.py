"""The mails to followers of a conversation."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from comments.mails import about
from comments.models import Comment
from following.links import token_for
from following.models import Follow
from outbox.composing import absolute, compose

# The kinds of mails, for the outbox.
CONFIRM_FOLLOW, NEW_REPLY = "confirm_follow", "new_reply"


def confirm_follow(follow: Follow) -> EmailMultiAlternatives:
    """Return the mail that asks the owner of an address: do you want to be told of replies?"""
    context = {"post": follow.post, "follow": follow, "link": link_to_follow(follow)}
    return compose(
        "following/mail/confirm_follow", context, to=follow.address, language=follow.language
    )


def new_reply(comment: Comment, follow: Follow) -> EmailMultiAlternatives:
    """A mail about a reply; its headers let a mail program stop it by one press (RFC 8058)."""
    stop = absolute(reverse("following:stop", args=[token_for(follow)]))
    context = about(comment) | {"stop": link_to_follow(follow), "scope": follow.scope}
    return compose(
        "following/mail/new_reply",
        context,
        to=follow.address,
        language=follow.language,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def link_to_follow(follow: Follow) -> str:
    return absolute(reverse("following:follow", args=[token_for(follow)]))
