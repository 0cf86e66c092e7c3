"""Cutting a long list where one statement, or one task, takes only so much of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")
# SQLite takes 32,766 parameters in a statement, and a reply has up to 40 replies above it.
MOST_NAMED = 500


def batches(items: list[T], size: int = MOST_NAMED) -> Iterator[list[T]]:
    """The items in groups: of as many as one statement can name, unless another size is asked for."""
    return (items[start : start + size] for start in range(0, len(items), size))
