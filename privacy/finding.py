"""Finding what is stored about one person, as far as their identity is proven."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from comments.models import Comment, Status
from comments.models.querysets import CommentQuerySet
from following.models import Follow
from moderation.models import Report


@dataclass(frozen=True, slots=True)
class DataSubject:
    """An account, or else the owner of an e-mail address (the data subject of GDPR, article 4)."""

    user: User | None = None
    email: str = ""

    @property
    def _who(self) -> Q:
        """The condition for a person's rows; an account's include those it wrote as a guest."""
        if self.user is None:
            return Q(user=None, email=self.email)
        return Q(user=self.user) | Q(user=None, email__in=self.user.proven_emails)

    @property
    def addresses(self) -> list[str]:
        return self.user.proven_emails if self.user else [self.email]

    @property
    def is_known(self) -> bool:
        """Whether anything is stored here that the person can go and see."""
        return self.written.exists() or self.follows.exists()

    @property
    def written(self) -> CommentQuerySet:
        """The person's replies, without those of which only the place is left."""
        return Comment.objects.filter(self._who).exclude(status=Status.DELETED)

    @property
    def replies(self) -> CommentQuerySet:
        """The person's replies with the rows that a list shows, newest first."""
        return self.written.for_queue().order_by("-submitted_at", "-pk")

    @property
    def follows(self) -> QuerySet[Follow]:
        return Follow.objects.filter(self._who).select_related("post").order_by("-started_at")

    @property
    def reports(self) -> QuerySet[Report]:
        return Report.objects.filter(user=self.user) if self.user else Report.objects.none()
