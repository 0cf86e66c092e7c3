"""Cutting a long list into batches that one statement or task can take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")
# SQLite takes 32,766 parameters in a statement, and a reply has up to 40 replies above it.
MOST_NAMED = 500


def batches(items: list[T], size: int = MOST_NAMED) -> Iterator[list[T]]:
    """Return the items in batches of `size`, by default as many as one statement can name."""
    return (items[start : start + size] for start in range(0, len(items), size))
