"""The visitor: one object for each request that says what the person who asks may do.

The model is Discourse's `Guardian` (`lib/guardian.rb`): views and verbs ask it instead of combining
account, cookies and links themselves. A writer of another kind is another `Visitor`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from accounts.models import User
from blog.models import Post
from comments import cookies
from comments.mail_links import MINE, BadToken
from comments.models import DECIDES_ALL, DECIDES_OWN, READER_LENGTH, Comment, Status
from comments.models.querysets import CommentQuerySet
from comments.sent_before import Sent, sent_by_account, sent_by_guest
from site_settings.reading import site
from web.client_address import client_address, hash_address

# The query parameter that carries the token of a mailed link from page to page.
KEY = "key"
# Seconds within which two requests without a cookie count as one browser's.
SAME_BROWSER_FOR = 10


@dataclass(frozen=True)
class Visitor:
    """An account, or else what a guest's browser and mailbox prove.

    `own_replies` are the ids of the replies that this browser sent, `email` is the address that a
    mailed link has proven, `address` the network address as `web.client_address` gives it ("" for
    none), `language` that of the interface, `browser` the random id by which a guest's thanks and
    reports are known.
    """

    user: User | None = None
    own_replies: Sequence[int] = ()
    email: str = ""
    address: str = ""
    language: str = ""
    browser: str = ""

    # --- who it is ---

    @cached_property
    def key(self) -> str:
        """The keyed hash of account or browser by which thanks and reports count; "" if neither."""
        if self.user:
            return _keyed(f"account {self.user.pk}")
        return _keyed(f"browser {self.browser}") if self.browser else ""

    def address_hash(self, now: datetime) -> str:
        return hash_address(self.address, now=now)

    def having_sent(self, comment: Comment) -> Visitor:
        """Return the same visitor with this reply as the last one that the browser sent."""
        others = [pk for pk in self.own_replies if pk != comment.pk]
        return replace(self, own_replies=[*others, comment.pk])

    def sent_before(self, email: str) -> list[Sent]:
        """Return the latest replies of an account, or of a guest with this address; at most fifty.

        Of a guest those that this browser sent: anybody can type anybody's address.
        """
        if self.user:
            return sent_by_account(self.user.pk)
        return sent_by_guest(self.own_replies, email)

    def is_known(self, email: str) -> bool:
        """Whether one of the latest replies was approved. `email` is the one a guest gives."""
        return any(sent.status == Status.APPROVED for sent in self.sent_before(email))

    def is_proven(self, email: str) -> bool:
        """Whether the address is proven: an account has confirmed its own, a guest by a mail."""
        return self.user is not None or any(sent.confirmed_at for sent in self.sent_before(email))

    # --- replies ---

    def sent(self, pk: int | None, user_pk: int | None) -> bool:
        """Whether a reply (its id, its account's id) came from this account or this browser."""
        return pk in self.own_replies or (
            user_pk is not None and self.user is not None and user_pk == self.user.pk
        )

    def wrote(self, comment: Comment) -> bool:
        """Return whether this visitor is proven to have written the reply.

        A browser proves it for some minutes only: tomorrow another person may use it.
        """
        if comment.user_id:
            return self.user is not None and comment.user_id == self.user.pk
        is_of_browser = comment.pk in self.own_replies and seconds_left(comment.submitted_at) > 0
        return is_of_browser or self.proved(comment)

    def proved(self, comment: Comment) -> bool:
        """Return whether the reply's address is the account's or that of a mailed link."""
        if not comment.email:
            return False
        return comment.email == self.email or (
            self.user is not None and comment.email in self.user.proven_emails
        )

    def may_change(self, comment: Comment) -> bool:
        return comment.is_changeable and self.wrote(comment)

    def may_delete(self, comment: Comment) -> bool:
        return comment.status != Status.DELETED and self.wrote(comment)

    def replies_under(self, post: Post) -> CommentQuerySet:
        """Return the replies that this visitor sees under a post, in reading order."""
        return Comment.objects.in_thread(post, user=self.user, own=self.own_replies)

    def answerable_replies(self) -> CommentQuerySet:
        """Return the replies that this visitor may answer."""
        return Comment.objects.answerable(user=self.user, own=self.own_replies)

    # --- posts ---

    def is_trusted_under(self, post: Post) -> bool:
        """Whether this is an author of the post or a moderator, whose replies no judge holds."""
        return self.user is not None and (self.user.has_perm(DECIDES_ALL) or self.is_author(post))

    def is_author(self, post: Post) -> bool:
        return self.user is not None and post.authors.filter(user=self.user).exists()

    def may_lead(self, post: Post) -> bool:
        """Return whether this person may pin a reply here, and pause or close the conversation.

        Those are the people who decide about its replies: moderators, and the post's authors.
        """
        user = self.user
        if user is None or not user.is_staff:
            return False
        return user.has_perm(DECIDES_ALL) or (
            user.has_perm(DECIDES_OWN)
            and any(byline.author.user_id == user.pk for byline in post.bylines.all())
        )


NOBODY = Visitor()


def visitor_of(request: HttpRequest) -> Visitor:
    """Return the visitor of a request; made once for each request.

    A token that is forged or too old proves nothing and raises no error: the page says what is
    missing.
    """
    known: Visitor | None = request.__dict__.get("visitor")
    if known is None:
        user: Any = request.user
        known = request.__dict__["visitor"] = Visitor(
            user=user if isinstance(user, User) else None,
            own_replies=cookies.own_replies(request),
            email=_proven_email(request.GET.get(KEY, "")),
            address=client_address(request),
            language=get_language() or "",
            browser=cookies.browser(request),
        )
    return known


def visitor_with_browser(request: HttpRequest, *, about: int) -> Visitor:
    """Return the visitor with a browser id; a new one if the browser has none yet.

    A button pressed twice sends two requests before the first is answered. Both get the same id,
    which is found by a hash of their address, their User-Agent and the reply that they are about.
    """
    visitor = visitor_of(request)
    if visitor.browser:
        return visitor
    place = f"{visitor.address} {request.headers.get('User-Agent')} {about}"
    name = f"browser:{hash_address(place, now=timezone.now())}"
    fresh = secrets.token_urlsafe(16)
    browser = fresh if cache.add(name, fresh, SAME_BROWSER_FOR) else cache.get(name, fresh)
    return replace(visitor, browser=browser)


def remember_browser(request: HttpRequest, response: HttpResponse, visitor: Visitor) -> None:
    """Store the browser id of a guest in a cookie."""
    if visitor.user is None and visitor.browser != cookies.browser(request):
        cookies.keep_browser(response, visitor.browser)


def changeable_until(submitted_at: datetime) -> datetime:
    """Return the moment until which the browser that sent a reply may change it."""
    return submitted_at + timedelta(minutes=site.edit_window)


def seconds_left(submitted_at: datetime) -> float:
    """Return how many seconds of that time are left; less than zero when it is over."""
    return (changeable_until(submitted_at) - timezone.now()).total_seconds()


def _proven_email(token: str) -> str:
    try:
        return str(MINE.read(token)) if token else ""
    except BadToken:
        return ""


def _keyed(words: str) -> str:
    digest = salted_hmac("comments.identity", words, algorithm="sha256").hexdigest()
    return digest[:READER_LENGTH]
