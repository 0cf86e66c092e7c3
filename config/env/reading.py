"""Reads one environment variable, or ends with one sentence that says why it cannot be used."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

TRUE_WORDS = ("1", "true", "yes", "on")
Value = TypeVar("Value")
FALSE_WORDS = ("0", "false", "no", "off")


class BadSetting(SystemExit):
    """An environment variable that cannot be used; the message is the one sentence that people see."""


def flag(name: str) -> bool:
    """Return whether the variable is 1, true, yes or on, in any capitals; False if it is empty."""
    return one_of(name, TRUE_WORDS + FALSE_WORDS, default="no") in TRUE_WORDS


def whole_number(name: str, *, default: int = 0, most: int, least: int = 0) -> int:
    return within(name, os.environ.get(name, "").strip() or str(default), least=least, most=most)


def within(what: str, text: str, *, least: int, most: int) -> int:
    """Return the number in `text`. Raises BadSetting if it is not between `least` and `most`."""
    if not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise BadSetting(f"{what} must be a whole number from {least} to {most}, not “{text}”.")
    return int(text)


def words(name: str, *, default: list[str]) -> list[str]:
    """Return the comma-separated parts of the variable, without empty ones."""
    given = [part.strip() for part in os.environ.get(name, "").split(",")]
    return [part for part in given if part] or default


def if_set(name: str, read: Callable[[str], Value]) -> Value | None:
    """Return what `read` makes of a variable; None if it is empty, so that the owner may choose."""
    return read(name) if os.environ.get(name, "").strip() else None


def one_of(name: str, choices: tuple[str, ...], *, default: str = "") -> str:
    text = os.environ.get(name, "").strip().lower() or default
    if text not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}, not “{text}”.")
    return text


def address(name: str, form: str, *, schemes: set[str]) -> SplitResult:
    """Return the parts of a URL. Raises BadSetting, without the URL: it may hold a password."""
    wrong = BadSetting(f"{name} must be an address of the form {form}.")
    try:
        parts = urlsplit(os.environ.get(name, "").strip())
        is_sound = parts.scheme in schemes and parts.port != 0
    except ValueError:  # a bracket that is not closed, a port that is no number
        raise wrong from None
    if not is_sound:
        raise wrong
    return parts
