"""The mails of the conversation: to whom, in which language, about what. `comments.tasks` sends them.

A mail to an address that is not proven to be the asker's holds nothing that the asker wrote.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.text import Truncator

from blog.languages import interface_language
from comments.follow_links import token_for
from comments.models import Comment, Follow, Ticket
from comments.tokens import CONFIRM_REPLY, DECIDE, MINE, absolute
from markup import text_of, with_targets
from outbox.composing import compose

MOST_QUOTED = 1500


def confirm_reply(comment: Comment, *, language: str) -> EmailMultiAlternatives:
    """To the address that somebody gave: did you write this? The page behind the link shows what.

    In the interface's language nearest to `language`, which may be any (BCP 47).
    """
    token = CONFIRM_REPLY.sign(comment.pk)
    link = absolute(reverse("comments:confirm", args=[token]))
    context = {"post": comment.post, "link": link}
    spoken = interface_language(language)
    return compose("comments/mail/confirm_reply", context, to=comment.email, language=spoken)


def confirm_follow(follow: Follow) -> EmailMultiAlternatives:
    """To the address that somebody gave: do you want to be told of replies?"""
    context = {"post": follow.post, "follow": follow, "link": link_to_follow(follow)}
    return compose(
        "comments/mail/confirm_follow", context, to=follow.address, language=follow.language
    )


def new_reply(comment: Comment, follow: Follow) -> EmailMultiAlternatives:
    """To who follows, with the two headers by which a mail program stops it in one press (RFC 8058)."""
    stop = absolute(reverse("comments:stop_following", args=[token_for(follow)]))
    context = about(comment) | {"stop": link_to_follow(follow), "scope": follow.scope}
    return compose(
        "comments/mail/new_reply",
        context,
        to=follow.address,
        language=follow.language,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def reply_to_decide(comment: Comment, ticket: Ticket, *, language: str) -> EmailMultiAlternatives:
    """To a moderator or an author: a reply, and links to decide about it without signing in."""
    link = absolute(reverse("comments:decide", args=[DECIDE.sign(str(ticket.uid))]))
    context = about(comment) | {"link": link}
    return compose(
        "comments/mail/reply_to_decide", context, to=ticket.user.email, language=language
    )


def reply_to_my_post(comment: Comment, *, to: str, language: str) -> EmailMultiAlternatives:
    """To an author who may not decide about replies: one has appeared."""
    return compose("comments/mail/reply_to_my_post", about(comment), to=to, language=language)


def digest(context: dict[str, Any], *, to: str, language: str) -> EmailMultiAlternatives:
    """To an author or moderator who wants one mail a day."""
    context = context | {"queue": absolute(reverse("admin:comments_comment_changelist"))}
    return compose("comments/mail/digest", context, to=to, language=language)


def my_replies(
    *, email: str, language: str, as_guest: bool, in_account: bool
) -> EmailMultiAlternatives:
    """To an address that somebody asked about: the ways to everything written with it."""
    context: dict[str, Any] = {}
    if as_guest:
        context["link"] = absolute(reverse("comments:replies", args=[MINE.sign(email)]))
    if in_account:
        mine = urlencode({"next": reverse("comments:my_replies")}, safe="/")
        context["sign_in"] = absolute(f"{reverse('account_login')}?{mine}")
    return compose("comments/mail/my_replies", context, to=email, language=language)


def about(comment: Comment) -> dict[str, Any]:
    """What every mail about a reply says of it."""
    return {
        "comment": comment,
        "post": comment.post,
        "text": Truncator(text_of(with_targets(comment.body_html))).chars(MOST_QUOTED),
        "reply_url": absolute(comment.get_absolute_url()),
        "post_url": absolute(comment.post.get_absolute_url()),
    }


def link_to_follow(follow: Follow) -> str:
    return absolute(reverse("comments:follow", args=[token_for(follow)]))
