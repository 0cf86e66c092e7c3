"""What a channel to other machines is, and how its messages are written."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

NAME = "parley_pages"
# PostgreSQL takes 8,000 bytes; a hash takes 17.
MOST_IN_MESSAGE = 400


class Away(Exception):
    """The channel's service does not answer."""


class Message(NamedTuple):
    """Names that changed on a machine, by their hashes, and from when on it counts (0.0: now)."""

    machine: int
    names: tuple[int, ...]
    at: float = 0.0

    def __str__(self) -> str:
        return " ".join([f"{self.machine:x}", repr(self.at), *(f"{name:x}" for name in self.names)])

    @classmethod
    def read(cls, text: str) -> Message:
        """Return the message of a text. Raises ValueError if it is none."""
        machine, at, *names = text.split(" ")
        moment = float(at)
        if not 0 <= moment < math.inf:  # false for nan too
            raise ValueError("no moment")
        return cls(_word(machine), tuple(map(_word, names)), moment)


def _word(text: str) -> int:
    """Return the 64 bits that a text stands for. Raises ValueError."""
    if not 0 <= (number := int(text, 16)) < 2**64:
        raise ValueError("not 64 bits")
    return number


def messages(machine: int, names: Sequence[int], at: float) -> Iterator[Message]:
    for start in range(0, len(names), MOST_IN_MESSAGE):
        yield Message(machine, tuple(names[start : start + MOST_IN_MESSAGE]), at)


class Channel(ABC):
    """Passes short texts to every machine that listens."""

    # Whether a text that is sent within a transaction is passed on when that commits, and only then.
    is_transactional: bool
    # Until then (`time.monotonic`) no writer asks the service, which failed a moment ago.
    next_try = 0.0

    @abstractmethod
    def send(self, texts: Iterable[str]) -> None:
        """Send texts from whatever process. Raises Away."""

    @abstractmethod
    def listen(self, seconds: float) -> Iterator[str]:
        """Yield the texts that come within so many seconds; connect first if need be. Raises Away."""

    @abstractmethod
    def echo(self, text: str) -> None:
        """Send a text over the connection by which this process listens. Raises Away."""

    @abstractmethod
    def close(self) -> None:
        """Leave; `listen` connects again."""
