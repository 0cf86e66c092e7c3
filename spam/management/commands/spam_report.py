"""`manage.py spam_report`: measures how often the filter is right."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from comments.models import Status
from spam.report import Measured, decided_replies, measure
from spam.results import Outcome
from spam.rules import RULES

WORDS = {Outcome.APPEAR: "appears", Outcome.HOLD: "is held", Outcome.SPAM: "is called spam"}
STOPPED = (Outcome.HOLD, Outcome.SPAM)


class Command(BaseCommand):
    help = (
        "Judges the replies that moderators decided about once more, in the order in which they "
        "were written, each by what was known before it, and tells how often the filter was right."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        measured = measure(decided_replies())
        self.stdout.write(_row("decided by moderators", "approved", "spam"))
        for outcome, words in WORDS.items():
            self.stdout.write(_row(words, *_by_decision(measured, outcome)))
        self.stdout.write("")
        for words, outcomes in (("held or called spam", STOPPED), ("called spam", STOPPED[1:])):
            self.stdout.write(f"Recall, {words}: {_percent(measured.recall(*outcomes))}")
            self.stdout.write(f"Precision, {words}: {_percent(measured.precision(*outcomes))}")
        self.stdout.write("\n" + _row("found by the rule", "approved", "spam"))
        for rule in RULES:
            numbers = [measured.rules[status, rule.id] for status in DECIDED]
            self.stdout.write(_row(rule.id, *numbers))


DECIDED = (Status.APPROVED, Status.SPAM)


def _by_decision(measured: Measured, outcome: Outcome) -> list[int]:
    return [measured.number(status, outcome) for status in DECIDED]


def _row(label: str, approved: str | int, spam: str | int) -> str:
    return f"{label:<24}{approved:>10}{spam:>10}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
