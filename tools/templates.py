"""Formats our HTML templates: lines indented by their nesting, and shorter than 120 characters.

    python -m tools.templates            lists those to format, as `./parley check` does
    python -m tools.templates --write    formats them

A line is broken only where the page does not change: between attributes, at a space, and beside a
block, where HTML ignores white space. What is in <pre>, <textarea> and <script>, in comments, and in
translations that are not trimmed is not changed. A long translation becomes a trimmed one, whose
lines are joined before its text is looked up. Lines are never joined.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.shaping.breaking import WIDTH, shaped

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> None:
    templates = sorted(ROOT.glob("templates/**/*.html"))
    if arguments == ["--write"]:
        for path in templates:
            path.write_text(shaped(path.read_text(encoding="utf-8")), encoding="utf-8")
    faults = [f"{path.relative_to(ROOT)}{fault}" for path in templates for fault in faults_of(path)]
    if faults:
        advice = "`python -m tools.templates --write` mends what can be mended."
        sys.exit("\n".join([*faults, advice]))


def faults_of(path: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    if shaped(source) != source:
        yield " is not in shape"
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > WIDTH:
            yield f":{number}: {len(line)} characters"


if __name__ == "__main__":
    main(sys.argv[1:])
