"""Measures the filter against what moderators decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from comments.models import Comment, Status
from comments.text.fingerprint import fingerprint
from spam.base import Evidence, Finding, SpamCase
from spam.features import Features, features_of
from spam.memory import Memory
from spam.results import Outcome, Result, result_of, stored_result
from spam.rules import BY_ID, RULES

AT_ONCE = 1_000


@dataclass
class Measured:
    """The number of replies by moderators' decision and by what the filter would have done.

    `rules` counts by decision and by the rule that found something, for spam or against.
    """

    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, status: str, verdict: Result) -> None:
        self.outcomes[status, verdict.outcome] += 1
        for finding in verdict.findings:
            self.rules[status, finding.rule] += 1

    def number(self, status: str, *outcomes: Outcome) -> int:
        return sum(self.outcomes[status, outcome] for outcome in outcomes or Outcome)

    def recall(self, *outcomes: Outcome) -> float | None:
        """The share of spam that came to one of these outcomes; None if there was no spam."""
        return _share(self.number(Status.SPAM, *outcomes), self.number(Status.SPAM))

    def precision(self, *outcomes: Outcome) -> float | None:
        """The share of spam among replies with one of these outcomes; None if there were none."""
        spam = self.number(Status.SPAM, *outcomes)
        return _share(spam, spam + self.number(Status.APPROVED, *outcomes))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def measure(comments: Iterable[Comment]) -> Measured:
    """Judge decided replies, oldest first, each by what was known from earlier ones."""
    measured, memory = Measured(), Memory()
    for comment in comments:
        comment.text_hash = fingerprint(comment.reading.own_text)
        features = features_of(comment)
        evidence = memory.evidence(comment, features)
        measured.add(comment.status, result_of(_findings(comment, features, evidence)))
        memory.learn(comment, features)
    return measured


def decided_replies() -> Iterator[Comment]:
    """Yield replies that moderators approved or called spam, oldest first, a thousand at a time."""
    by_somebody = Comment.objects.exclude(decided_by=None)
    decided = by_somebody.filter(status__in=(Status.APPROVED, Status.SPAM))
    needed = decided.select_related("post").only(*NEEDED).order_by("submitted_at", "pk")
    return needed.iterator(chunk_size=AT_ONCE)


NEEDED = (
    "post__language",
    "user_id",
    "name",
    "website",
    "body",
    "body_html",
    "status",
    "findings",
    "submitted_at",
    "address_hash",
)


def _findings(comment: Comment, features: Features, evidence: Evidence) -> Iterator[Finding]:
    case = SpamCase(comment, comment.submitted_at, features, evidence)
    for rule in RULES:
        if rule.can_be_replayed and (finding := rule.find(case)):
            yield finding
    for finding in stored_result(comment.findings).findings:
        if finding.rule in BY_ID and not BY_ID[finding.rule].can_be_replayed:
            yield finding
