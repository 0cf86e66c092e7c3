"""Who asks: one object for each request, made at its edge, that answers what this visitor may do.

The model is Discourse's `Guardian` (`lib/guardian.rb`): views and verbs ask it instead of putting
the account, the cookies and the links together again. A writer of another kind is another `Visitor`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from accounts.models import User
from blog.models import Post
from comments import cookies
from comments.mail_links import MINE, BadToken
from comments.models import CHANGEABLE, READER_LENGTH, Comment, Status
from comments.models.querysets import CommentQuerySet
from web.client_address import client_address, hash_address

# The query parameter that carries the token of a mailed link from page to page.
KEY = "key"
# For how many seconds two requests without a cookie are taken for one browser's.
SAME_BROWSER_FOR = 10
Account = User | AnonymousUser | None


@dataclass(frozen=True)
class Visitor:
    """The account, or else what a guest's browser and mailbox prove.

    `own_replies` are the ids of the replies that this browser sent, `email` is the address that a
    mailed link has proven, `address` the network address as `web.client_address` gives it ("" for
    none), `language` that of the interface, `browser` the random id by which thanks and reports of a
    guest are known.
    """

    user: User | None = None
    own_replies: Collection[int] = ()
    email: str = ""
    address: str = ""
    language: str = ""
    browser: str = ""

    # --- who it is ---

    @cached_property
    def key(self) -> str:
        """As whom thanks and reports count: a keyed hash of the account or the browser; "" for neither."""
        if self.user:
            return _keyed(f"account {self.user.pk}")
        return _keyed(f"browser {self.browser}") if self.browser else ""

    def address_hash(self, now: datetime) -> str:
        return hash_address(self.address, now=now)

    def having_sent(self, comment: Comment) -> Visitor:
        """The same visitor once this reply is among those that the browser is known to have sent."""
        return replace(self, own_replies=[*self.own_replies, comment.pk])

    def known_replies(self, email: str) -> CommentQuerySet | None:
        """All of the account; of a guest those that this browser sent with the address.

        None, without a query, where it sent nothing: anybody can type anybody's address.
        """
        if self.user:
            return Comment.objects.filter(user=self.user.pk)
        if not self.own_replies:
            return None
        return Comment.objects.filter(pk__in=self.own_replies, user=None, email=email)

    def is_known(self, email: str) -> bool:
        """Whether a reply of this writer was approved before. `email` is the address a guest gives."""
        theirs = self.known_replies(email)
        return theirs is not None and theirs.approved().exists()

    def is_proven(self, email: str) -> bool:
        """Whether the address is this visitor's: an account has confirmed its own, a guest by a mail."""
        if self.user:
            return True
        theirs = self.known_replies(email)
        return theirs is not None and theirs.exclude(confirmed_at=None).exists()

    # --- replies ---

    def sent(self, pk: int | None, user_pk: int | None) -> bool:
        """Whether a reply, by its id and its account's, came from this account or this browser."""
        return pk in self.own_replies or (
            user_pk is not None and self.user is not None and user_pk == self.user.pk
        )

    def wrote(self, comment: Comment) -> bool:
        """Whether it is proven who wrote the reply: a browser proves it for some minutes only.

        It may be anybody's by tomorrow.
        """
        if comment.user_id:
            return self.user is not None and comment.user_id == self.user.pk
        is_of_browser = comment.pk in self.own_replies and seconds_left(comment.submitted_at) > 0
        return is_of_browser or self.proved(comment)

    def proved(self, comment: Comment) -> bool:
        """Whether the address it was written with is the account's or that of a mailed link."""
        if not comment.email:
            return False
        return comment.email == self.email or (
            self.user is not None and comment.email in self.user.proven_emails
        )

    def may_change(self, comment: Comment) -> bool:
        return comment.status in CHANGEABLE and self.wrote(comment)

    def may_delete(self, comment: Comment) -> bool:
        return comment.status != Status.DELETED and self.wrote(comment)

    def sees(self, post: Post) -> CommentQuerySet:
        """What this visitor sees under a post, in reading order."""
        return Comment.objects.in_thread(post, user=self.user, own=self.own_replies)

    def may_answer(self) -> CommentQuerySet:
        """The replies that this visitor may answer."""
        return Comment.objects.answerable(user=self.user, own=self.own_replies)

    # --- posts ---

    def is_at_home(self, post: Post) -> bool:
        """Whether this is an author of the post or a moderator, whose replies nobody holds."""
        return self.user is not None and (
            self.user.has_perm("comments.moderate_comment") or self.is_author(post)
        )

    def is_author(self, post: Post) -> bool:
        return self.user is not None and post.authors.filter(user=self.user).exists()

    def may_lead(self, post: Post) -> bool:
        """Whether this person may pin a reply here, and pause or close the conversation.

        Those are the people who decide about its replies: moderators, and the post's authors.
        """
        user = self.user
        if user is None or not user.is_staff:
            return False
        return user.has_perm("comments.moderate_comment") or (
            user.has_perm("comments.moderate_own_comment")
            and any(byline.author.user_id == user.pk for byline in post.bylines.all())
        )


NOBODY = Visitor()


def visitor_of(request: HttpRequest) -> Visitor:
    """Whoever sends a request; made once for each.

    A token that is forged or too old proves nothing, and is no error: the page says what is missing.
    """
    known: Visitor | None = request.__dict__.get("visitor")
    if known is None:
        user: Any = request.user
        known = request.__dict__["visitor"] = Visitor(
            user=account(user),
            own_replies=cookies.own_replies(request),
            email=_proven_email(request.GET.get(KEY, "")),
            address=client_address(request),
            language=get_language() or "",
            browser=cookies.browser(request),
        )
    return known


def account(user: Account) -> User | None:
    """The account, without Django's lazy stand-in for it; None for nobody."""
    return user if isinstance(user, User) else None


def visitor_with_browser(request: HttpRequest, *, about: int) -> Visitor:
    """The visitor with an id of the browser; the one to give it if it has none yet.

    A button pressed twice sends two requests before the first is answered. Both get the same id,
    by what they tell of themselves and the reply that they are about, which is kept hashed.
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
    """Let a browser without an account be known again."""
    if visitor.user is None and visitor.browser != cookies.browser(request):
        cookies.keep_browser(response, visitor.browser)


def changeable_until(submitted_at: datetime) -> datetime:
    """How long the browser that sent a reply may change it."""
    return submitted_at + timedelta(minutes=settings.PARLEY_EDIT_WINDOW)


def seconds_left(submitted_at: datetime) -> float:
    """How much of that time is left; less than zero when it is over."""
    return (changeable_until(submitted_at) - timezone.now()).total_seconds()


def _proven_email(token: str) -> str:
    try:
        return str(MINE.read(token)) if token else ""
    except BadToken:
        return ""


def _keyed(words: str) -> str:
    digest = salted_hmac("comments.identity", words, algorithm="sha256").hexdigest()
    return digest[:READER_LENGTH]
