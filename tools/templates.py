"""The shape of our HTML templates: lines indented by what they stand in, and shorter than 120 characters.

    python -m tools.templates            says which are not in shape, as `./parley check` does
    python -m tools.templates --write    brings them into it

A line is broken only where no reader sees it: between attributes, at a space, and beside a block, where
HTML passes over white space. What stands in <pre>, <textarea> and <script>, in comments, and in
translations that are not trimmed is left as it is. A long translation becomes a trimmed one, whose
lines are put together again before its text is looked up. Lines are never joined.
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
