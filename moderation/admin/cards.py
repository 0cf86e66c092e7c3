"""One reply as moderators see it, with what they need to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.db.models.query import Prefetch
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from comments.models import Comment, Status
from moderation.admin.reasons import reasons
from moderation.choices import Choices, choices_for
from moderation.models import Report

KEEP = pgettext_lazy("moderation", "Keep it")
OPEN_REPORTS = Prefetch(
    "reports", Report.objects.filter(closed_at=None).select_related("user"), to_attr="open_reports"
)


@dataclass(frozen=True, slots=True)
class Card:
    """A reply in the queue.

    `history` is how many replies of each status this person wrote. `queue` and `rules` are what the
    card's addresses begin with, looked up once for all cards.
    """

    comment: Comment
    history: dict[str, int]
    reports: Sequence[Report]
    reasons: Sequence[str]
    choices: Choices
    queue: str
    rules: str

    @property
    def status(self) -> str:
        """The label of the status; `get_status_display` would build the choices for each card."""
        return str(Status(self.comment.status).label)

    @property
    def page(self) -> str:
        return f"{self.queue}{self.comment.pk}/change/"

    @property
    def page_to_answer(self) -> str:
        return f"{self.queue}{self.comment.pk}/answer/"

    @property
    def page_of_rule(self) -> str:
        return f"{self.rules}?reply={self.comment.pk}"

    @property
    def replies_to_post(self) -> str:
        return f"{self.queue}?status=all&post={self.comment.post_id}"

    @property
    def can_be_answered(self) -> bool:
        return self.comment.status in {Status.PENDING, Status.APPROVED}


def cards_of(comments: Iterable[Comment]) -> list[Card]:
    """Return the cards of replies read by `for_queue`, by two queries however many they are."""
    replies = list(comments)
    prefetch_related_objects([reply for reply in replies if reply.report_count], OPEN_REPORTS)
    histories = Comment.objects.histories({reply.person for reply in replies})
    queue, rules = (
        reverse("admin:comments_comment_changelist"),
        reverse("admin:moderation_rule_add"),
    )
    return [
        Card(
            comment=reply,
            history=histories.get(reply.person, {}),
            reports=getattr(reply, "open_reports", ()),
            reasons=reasons(reply),
            choices=_choices(reply),
            queue=queue,
            rules=rules,
        )
        for reply in replies
    ]


def _choices(comment: Comment) -> Choices:
    is_reported = comment.is_approved and comment.report_count > 0
    keep = [(Status.APPROVED, KEEP)] if is_reported else []
    return [*keep, *choices_for(comment)]
