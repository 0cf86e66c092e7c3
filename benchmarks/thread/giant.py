"""Writes a post with a hundred thousand replies, ten deep, to a file for `load_content`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from demo.names import FIRST_NAMES, LAST_NAMES
from demo.texts import Writer

DEEPEST = 10
TEXTS = 1_000
BEGINNING = datetime(2024, 3, 1, 9, tzinfo=UTC)
SECONDS_BETWEEN = 60
NEW, LATEST = 0.15, 0.45


def write_content(path: Path, replies: int) -> None:
    writer = Writer("en", Random("post"))
    begun = BEGINNING.isoformat()
    post = {"id": 1, "slug": "giant", "title": "Giant", "author": 1, "tags": [], "published": begun,
            "excerpt": writer.sentence(), "markdown": writer.article()}  # fmt: skip
    content = {
        "authors": [{"id": 1, "name": "Marit Noordhof", "bio": ""}],
        "tags": [],
        "posts": [post],
        "comments": list(thread(replies)),
    }
    path.write_text(json.dumps(content), encoding="utf-8")


def thread(replies: int) -> Iterator[dict[str, Any]]:
    """Yield the replies in the order of writing, the same ones each time."""
    random = Random("giant")
    writer = Writer("en", random)
    texts = [writer.reply() for _ in range(TEXTS)]
    depths: list[int] = []
    at = BEGINNING
    for pk in range(1, replies + 1):
        above = _above(depths, random)
        depths.append(depths[above - 1] + 1 if above else 1)
        at += timedelta(seconds=random.expovariate(1 / SECONDS_BETWEEN))
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        email = f"{name.replace(' ', '.')}@example.org".lower()
        yield {"id": pk, "post": 1, "parent": above, "name": name, "email": email,
               "created": at.isoformat(), "body": random.choice(texts)}  # fmt: skip


def _above(depths: list[int], random: Random) -> int | None:
    """Return the id of the reply that the next one answers; ids count from 1. None starts a branch.

    Some replies start a branch, many answer one of the latest fifty, and the others any earlier
    one, the earliest more often, so that some branches become very large.
    """
    chosen, written = random.random(), len(depths)
    if chosen < NEW or not written:
        return None
    if chosen < NEW + LATEST:
        above = written - random.randrange(min(50, written))
    else:
        above = 1 + int(written * random.random() ** 2)
    return above if depths[above - 1] < DEEPEST else None
