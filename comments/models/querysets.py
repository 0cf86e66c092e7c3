"""Queries about replies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from blog.models import Post
from blog.models.querysets import TEXTS
from comments.models.status import (
    DECIDES_ALL,
    DECIDES_OWN,
    SEEN_BY_WRITER,
    WOULD_STAND,
    HeldBecause,
    Status,
)
from web.prepared import Given

if TYPE_CHECKING:
    from comments.models import Comment

# A writer: an account by its id, or else a guest by the e-mail address given.
Person = tuple[int | None, str]


class CommentQuerySet(models.QuerySet["Comment"]):
    # --- what readers see ---

    def approved(self) -> CommentQuerySet:
        return self.filter(status=Status.APPROVED)

    def answerable(self, *, user: User | None, own: Collection[int] = ()) -> CommentQuerySet:
        """Replies that this reader may answer: approved ones, and own ones that look so to them."""
        theirs = Q(pk__in=own)
        if user:
            theirs |= Q(user=user)
        as_if = Q(theirs, status=Status.MUTED, held_because__in=WOULD_STAND)
        return self.filter(Q(status=Status.APPROVED) | as_if)

    def published(self) -> CommentQuerySet:
        """Approved replies under live posts."""
        # One post at a time: as a list, SQLite would read all live posts first.
        return self.approved().filter(Exists(Post.objects.live().filter(pk=OuterRef("post"))))

    def in_thread(
        self, post: Post | Given, *, user: User | None, own: Collection[int] = ()
    ) -> CommentQuerySet:
        """Replies that one reader sees under a post, in reading order.

        Those are each approved reply, the place of each other reply that has approved answers, and
        the replies of the account or of the browser (`own`, by id) that are held or muted, as their
        writer sees them.
        """
        shown = Q(status=Status.APPROVED) | Q(descendant_count__gt=0)
        if own:
            shown |= Q(pk__in=own, status__in=SEEN_BY_WRITER)
        if user:
            shown |= Q(user=user, status__in=SEEN_BY_WRITER)
        return self.filter(shown, post=post).order_by("path")

    # --- who wrote them ---

    def histories(self, people: Collection[Person]) -> dict[Person, dict[str, int]]:
        """Return how many replies of each status these people ever wrote, by one query."""
        accounts = {account for account, _email in people if account}
        emails = {email for _account, email in people if email}
        theirs = Q(user__in=accounts) | Q(user=None, email__in=emails)
        counted = self.filter(theirs).order_by().values_list("user", "email", "status")
        histories: dict[Person, dict[str, int]] = {}
        for account, email, status, number in counted.annotate(Count("pk")):
            histories.setdefault((account, email), {})[status] = number
        return histories

    # --- how fast they come ---

    def since(self, moment: datetime) -> CommentQuerySet:
        return self.filter(submitted_at__gte=moment)

    # --- moderation ---

    def waiting(self) -> CommentQuerySet:
        return self.filter(status=Status.PENDING)

    def held_by_filter(self) -> CommentQuerySet:
        return self.waiting().filter(held_because=HeldBecause.FILTER)

    def to_be_confirmed(self) -> CommentQuerySet:
        """Replies that wait for a guest to prove the e-mail address, including muted ones."""
        waiting = self.filter(status__in=(Status.PENDING, Status.MUTED))
        return waiting.filter(held_because=HeldBecause.UNCONFIRMED, confirmed_at=None)

    def reported(self) -> CommentQuerySet:
        """Replies with reports that no moderator has answered yet."""
        return self.filter(report_count__gt=0)

    def moderated_by(self, user: User | AnonymousUser) -> CommentQuerySet:
        """All replies for a moderator; for an author the replies under their own posts."""
        if user.has_perm(DECIDES_ALL):
            return self.all()
        if not user.has_perm(DECIDES_OWN):
            return self.none()
        return self.filter(post__authors__user=user)

    def as_mailed(self, pks: Collection[int], status: Status) -> CommentQuerySet:
        """Those of these replies that still have the status, with the rows that a mail needs."""
        return self.filter(pk__in=pks, status=status).select_related(
            "post__conversation", "parent", "user"
        )

    def for_queue(self) -> CommentQuerySet:
        """The replies with the rows that the moderation queue shows."""
        texts = (f"post__{name}" for name in TEXTS)
        return self.select_related("post__conversation", "parent", "user").defer(*texts)


class CommentManager(models.Manager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, uid: str | UUID) -> Comment:
        return self.get(uid=uid)
