"""The words of demo texts: every sentence says who does what, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Phrases of one language that fit together in any combination."""

    who: list[str]
    does: list[str]
    what: list[str]
    where: list[str]
    link: str
    says: str
    note: str
    table: tuple[str, str]
    # Dutch and German put the verb second, whatever comes first.
    verb_second: bool = True

    def sentence(self, who: str, does: str, what: str, where: str, *, turned: bool) -> str:
        if not turned:
            return _capital(f"{who} {does} {what} {where}.")
        if self.verb_second:
            return _capital(f"{where} {does} {who} {what}.")
        return _capital(f"{where}, {who} {does} {what}.")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
