"""A progress line for a long piece of work."""

from __future__ import annotations

from collections.abc import Callable

WIDTH = 40


class Progress:
    """Draws `label [####    ] 3,000 of 10,000` over itself, only when it changes.

    If the output is no terminal, it writes a line for each tenth.
    """

    def __init__(
        self, label: str, total: int, *, write: Callable[[str], object], live: bool
    ) -> None:
        self.label, self.total, self.done = label, total, 0
        self._write, self._live, self._shown = write, live, -1

    def advance(self, by: int) -> None:
        self.done += by
        steps = WIDTH if self._live else 10
        step = steps * self.done // max(1, self.total)
        if step != self._shown or self.done == self.total:
            self._shown = step
            self._show()

    def _show(self) -> None:
        filled = WIDTH * self.done // max(1, self.total)
        bar = "#" * filled + " " * (WIDTH - filled)
        line = f"{self.label:8} [{bar}] {self.done:,} of {self.total:,}"
        ended = self.done >= self.total or not self._live
        self._write(("\r" if self._live else "") + line + ("\n" if ended else ""))
