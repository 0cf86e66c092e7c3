"""Leaves announcements out, one at a time: some page must then be old (`test_each_announcement`)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePath
from types import FrameType
from typing import NamedTuple

import demo.posts
import demo.replies
from web import shown

# Loaded by a command alone, so perhaps after the functions of the others were replaced.
LATE = (demo.posts, demo.replies)

# Functions that only put names together for their callers.
BETWEEN = {"threads_changed", "announce", "_show_pin"}


class Announcement(NamedTuple):
    """Where an announcement is made, and of which kind of name."""

    where: str
    kind: str


def kind_of(name: str, at: datetime | None) -> str:
    """Return a name without its keys: "author:*/posts"."""
    plain = re.sub(r":[^/]+(?:/(?!posts$|replies$)[^/]+)*", ":*", name)
    return f"{plain} later" if at else plain


def place_of(frame: FrameType | None) -> str:
    while frame and frame.f_code.co_name in BETWEEN:
        frame = frame.f_back
    assert frame
    code = frame.f_code
    return f"{PurePath(code.co_filename).stem}.{code.co_name}"


@contextmanager
def announcements(left_out: Announcement | None = None) -> Iterator[set[Announcement]]:
    """Gather the announcements that are made, and keep one of them from being heard."""
    made: set[Announcement] = set()
    original = shown.changed

    def changed(*names: str, at: datetime | None = None) -> None:
        where = place_of(sys._getframe(1))
        heard = []
        for name in names:
            made.add(each := Announcement(where, kind_of(name, at)))
            if each != left_out:
                heard.append(name)
        original(*heard, at=at)

    loaded = [*sys.modules.values(), *LATE]
    modules = [one for one in loaded if getattr(one, "changed", None) is original]
    for module in modules:
        module.changed = changed  # type: ignore[attr-defined]
    try:
        yield made
    finally:
        for module in modules:
            module.changed = original  # type: ignore[attr-defined]
