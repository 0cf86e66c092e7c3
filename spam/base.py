"""What a spam rule is told of a reply, and what it finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from comments.form_traces import FormTraces
from spam.features import Features

if TYPE_CHECKING:
    from blog.models import Post
    from comments.models import Comment


class Count(NamedTuple):
    """How many replies held a word or domain, by what moderators decided."""

    ham: int = 0
    spam: int = 0


class Neighbour(NamedTuple):
    """A recent reply with the same text, or from the same sender."""

    post_id: int
    status: str
    says_the_same: bool
    is_of_sender: bool
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the site knows that bears on a reply.

    `counts` are what moderators' decisions taught, by hash; `history` the statuses of what this
    person is known to have written, newest first; `namesake` the author or moderator whose name the
    writer's name resembles.
    """

    counts: Mapping[int, Count] = field(default_factory=dict)
    neighbours: Sequence[Neighbour] = ()
    history: Sequence[str] = ()
    namesake: str | None = None


@dataclass(frozen=True, slots=True)
class SpamCase:
    """A new reply, not yet saved, and what is known that bears on it.

    `traces` is None for a reply that no form sent.
    """

    comment: Comment
    now: datetime
    features: Features
    evidence: Evidence
    traces: FormTraces | None = None

    @property
    def post(self) -> Post:
        return self.comment.post


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule finds: a score for spam (below 0: against), and the facts that explain it.

    The facts are JSON; `words` makes the reason of them when somebody reads it, in their language.
    A finding that `holds` is for a moderator, whatever the sum.
    """

    rule: str
    score: int
    facts: dict[str, Any]

    @property
    def holds(self) -> bool:
        return bool(self.facts.get("holds"))

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "score": self.score, "facts": self.facts}


class SpamRule(ABC):
    """One spam rule, in a file of its own. It runs no query: all it needs is in the case.

    What a rule that `can_be_replayed` finds follows from the reply itself and earlier ones.
    """

    id: ClassVar[str]
    can_be_replayed: ClassVar[bool] = True

    @abstractmethod
    def find(self, case: SpamCase) -> Finding | None:
        """Return what the rule finds; None if nothing."""

    @abstractmethod
    def words(self, facts: Mapping[str, Any]) -> str:
        """Return the reason, for moderators, in the active language."""

    def found(self, score: int, **facts: Any) -> Finding:
        return Finding(self.id, score, facts)
