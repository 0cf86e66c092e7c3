"""The evidence at a moment of the past, for judging old replies again in order."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta
from itertools import islice

from comments.models import Comment, Status
from spam.base import Count, Evidence, Neighbour
from spam.evidence import MOST_HISTORY, MOST_NEIGHBOURS, SAME_TEXT_FOR, hashes_of
from spam.features import Features
from web.ratelimit import WINDOW


class Memory:
    """Gives from memory the evidence that `spam.evidence` reads from the database."""

    def __init__(self) -> None:
        self.counts: dict[int, Count] = {}
        self.texts = _Recent(SAME_TEXT_FOR)
        self.senders = _Recent(WINDOW)
        self.histories: dict[int, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_HISTORY))

    def evidence(self, comment: Comment, features: Features) -> Evidence:
        now = comment.submitted_at
        same = self.texts.of([comment.text_hash], now)
        near = self.senders.of(_senders(comment), now)
        neighbours = [
            Neighbour(
                post_id=other.post_id,
                status=other.status,
                says_the_same=other in same,
                is_of_sender=other in near,
                submitted_at=other.submitted_at,
            )
            for other in islice(dict.fromkeys(same + near), MOST_NEIGHBOURS)
        ]
        counts = {key: self.counts[key] for key in hashes_of(features) if key in self.counts}
        history = self.histories.get(comment.user_id or 0, ())
        return Evidence(counts, neighbours, tuple(history))

    def learn(self, comment: Comment, features: Features) -> None:
        is_spam = comment.status == Status.SPAM
        for key in hashes_of(features):
            ham, spam = self.counts.get(key, Count())
            self.counts[key] = Count(ham + (not is_spam), spam + is_spam)
        self.texts.add([comment.text_hash], comment)
        self.senders.add(_senders(comment), comment)
        if comment.user_id:
            self.histories[comment.user_id].appendleft(comment.status)


class _Recent:
    """Replies of a span of time by what they have in common; older ones are dropped."""

    def __init__(self, span: timedelta) -> None:
        self.span = span
        self.order: deque[tuple[datetime, Hashable]] = deque()
        self.by_key: dict[Hashable, deque[Comment]] = {}

    def add(self, keys: Iterable[Hashable], comment: Comment) -> None:
        for key in filter(None, keys):
            self.order.append((comment.submitted_at, key))
            self.by_key.setdefault(key, deque()).append(comment)

    def of(self, keys: Iterable[Hashable], now: datetime) -> list[Comment]:
        self._forget(now - self.span)
        found = (islice(self.by_key.get(key, ()), MOST_NEIGHBOURS) for key in keys)
        return list(dict.fromkeys(one for some in found for one in some))

    def _forget(self, before: datetime) -> None:
        while self.order and self.order[0][0] < before:
            _at, key = self.order.popleft()
            self.by_key[key].popleft()
            if not self.by_key[key]:
                del self.by_key[key]


def _senders(comment: Comment) -> list[Hashable]:
    return [key for key in (comment.address_hash, comment.user_id) if key]
