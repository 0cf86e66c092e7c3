"""One reply as moderators see it, with what they must know to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.db.models.query import Prefetch
from django.utils.translation import pgettext_lazy

from comments.admin.reasons import reasons
from comments.choices import Choices, choices_for
from comments.models import Comment, Report, Status
from comments.moderation import newest_line

KEEP = pgettext_lazy("moderation", "Keep it")
OPEN_REPORTS = Prefetch(
    "reports", Report.objects.filter(closed_at=None).select_related("user"), to_attr="open_reports"
)


@dataclass(frozen=True, slots=True)
class Card:
    """`history` is how many replies of each status this person wrote, `seen` the last line of the
    log when this was read: whoever decides by this card did not know of later ones.
    """

    comment: Comment
    history: dict[str, int]
    reports: Sequence[Report]
    reasons: Sequence[str]
    choices: Choices
    seen: int

    @property
    def can_be_answered(self) -> bool:
        return self.comment.status in {Status.PENDING, Status.APPROVED}


def cards_of(comments: Iterable[Comment], *, seen: int | None = None) -> list[Card]:
    """Cards for replies that were read `for_queue`, by three queries however many they are."""
    seen = newest_line() if seen is None else seen
    replies = list(comments)
    prefetch_related_objects([reply for reply in replies if reply.report_count], OPEN_REPORTS)
    histories = Comment.objects.histories({reply.person for reply in replies})
    return [_card(reply, histories.get(reply.person, {}), seen) for reply in replies]


def _card(reply: Comment, history: dict[str, int], seen: int) -> Card:
    return Card(
        comment=reply,
        history=history,
        reports=getattr(reply, "open_reports", ()),
        reasons=reasons(reply),
        choices=_choices(reply),
        seen=seen,
    )


def _choices(comment: Comment) -> Choices:
    is_reported = comment.is_approved and comment.report_count > 0
    keep = [(Status.APPROVED, KEEP)] if is_reported else []
    return [*keep, *choices_for(comment)]
