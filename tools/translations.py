"""Says whether every catalogue has every message of the source, translated, and no other.

Needs GNU gettext.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".*", "var", "tests", "benchmarks", "docs", "fixtures", "*.mo")


def main() -> None:
    if not shutil.which("xgettext"):
        sys.exit("GNU gettext is missing: apt install gettext brings it.")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "copy")
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        extract(copy)
        problems = [problem for path in catalogues() for problem in problems_of(path, copy)]
    sys.exit("\n".join(problems) or 0)


def catalogues() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in ROOT.glob("locale/*/LC_MESSAGES/*.po"))


def extract(copy: Path) -> None:
    """Bring the copy's catalogues up to date with the copy's source, as a translator would the real ones."""
    command = [sys.executable, "-m", "django", "makemessages", "--all", "--verbosity", "0"]
    environment = {
        key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"
    }
    subprocess.run(command, cwd=copy, env=environment, check=True)


def problems_of(path: Path, copy: Path) -> Iterator[str]:
    """A line for each message that is untranslated, uncertain, broken, or no longer in the source."""
    ours, wanted = read(ROOT / path), read(copy / path)
    for message in wanted:
        if message.id and (message.fuzzy or not has_text(message.string)):
            yield f"{path}: not translated: {message.id!r}"
    for message in ours:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"{path}: no longer used: {message.id!r}"
    for message, errors in ours.check():
        yield f"{path}: {errors[0]}: {message.id!r}"


def has_text(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return all([string] if isinstance(string, str) else string or [""])


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


if __name__ == "__main__":
    main()
