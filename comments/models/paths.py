"""Where a reply stands in its thread, as text that sorts into reading order.

A path is the path of the reply above plus one segment: the moment of writing in microseconds
and six digits of the reply's `uid`, so that two replies of one instant differ. A parent's path
is the beginning of its children's and sorts before them, siblings sort by time, and a row's path
is known before the row is written. Digits alone sort alike in every collation of every database.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

SEGMENT = 22
DEEPEST = 40
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AFTER_ANY_SEGMENT = "9" * SEGMENT


def path_below(above: str, *, at: datetime, uid: UUID) -> str:
    """The path of a reply written at this moment below the path `above` ("" starts a thread).

    From the fortieth level on, answers stand beside the reply they answer, after it.
    """
    microseconds = (at - EPOCH) // timedelta(microseconds=1)
    return f"{above[: SEGMENT * (DEEPEST - 1)]}{microseconds:016d}{uid.int % 10**6:06d}"


def depth_of(path: str) -> int:
    """1 for a reply to the post itself."""
    return len(path) // SEGMENT


def paths_above(path: str) -> list[str]:
    """The paths of all replies that this one stands below, outermost first."""
    return [path[:end] for end in range(SEGMENT, len(path), SEGMENT)]
