"""What a rule is told of a reply, and what it says of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from comments.form_signals import FormSignals
from spam.features import Features

if TYPE_CHECKING:
    from blog.models import Post
    from comments.models import Comment


class Count(NamedTuple):
    """In how many replies something stood, by what moderators said of them."""

    ham: int = 0
    spam: int = 0


class Neighbour(NamedTuple):
    """A reply of late that says the same, or that the same sender wrote."""

    post_id: int
    status: str
    says_the_same: bool
    is_of_sender: bool
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the site knows that bears on a reply.

    `counts` are what moderators' decisions taught, by hash; `history` the statuses of what this
    very person is known to have written, newest first; `namesake` the author or moderator whose name
    the writer's reads like.
    """

    counts: Mapping[int, Count] = field(default_factory=dict)
    neighbours: Sequence[Neighbour] = ()
    history: Sequence[str] = ()
    namesake: str | None = None


@dataclass(frozen=True, slots=True)
class Evidenced:
    """A reply as it comes in, not yet saved, and what is known that bears on it.

    `signals` is None for one that came by no form.
    """

    comment: Comment
    now: datetime
    features: Features
    evidence: Evidence
    signals: FormSignals | None = None

    @property
    def post(self) -> Post:
        return self.comment.post


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says: how much it speaks for spam (below 0: against), and the facts to say why.

    The facts are JSON; the words are made of them when somebody reads them, in their language.
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
    """One rule, in a file of its own. It asks the database nothing: all is in the submission.

    What it says of a reply that `can_be_replayed` follows from the reply itself and those before it.
    """

    id: ClassVar[str]
    can_be_replayed: ClassVar[bool] = True

    @abstractmethod
    def find(self, submission: Evidenced) -> Finding | None:
        """What there is to say; None for nothing."""

    @abstractmethod
    def words(self, facts: Mapping[str, Any]) -> str:
        """The reason, for moderators, in the language that is active."""

    def found(self, score: int, **facts: Any) -> Finding:
        return Finding(self.id, score, facts)
