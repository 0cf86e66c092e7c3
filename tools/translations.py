"""Compares the catalogues with the source, and updates them. Needs GNU gettext.

tools/translations.py            lists messages that are untranslated, fuzzy, broken or unused
tools/translations.py --update   updates the catalogues, for a translator to complete
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
LANGUAGES = ("nl", "de")
NO_SOURCE = ("var", "tests", "tools", "benchmarks", "docs", "fixtures")


def main(arguments: list[str]) -> None:
    if not shutil.which("xgettext"):
        sys.exit("GNU gettext is missing: apt install gettext brings it.")
    if arguments == ["--update"]:
        extract(ROOT)
    else:
        sys.exit("\n".join(problems()) or 0)


def extract(folder: Path) -> None:
    """Update the catalogues of a checkout from its source."""
    (folder / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--verbosity", "0"]
    command += ["--add-location", "file"]
    command += [f"--locale={language}" for language in LANGUAGES]
    command += [f"--ignore={folder}" for folder in NO_SOURCE]
    environment = {name: text for name, text in os.environ.items() if "SETTINGS" not in name}
    subprocess.run(command, cwd=folder, env=environment, check=True)


def problems() -> Iterator[str]:
    """Yield a line for each difference from what `--update` and a translator would leave."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "*.mo", *NO_SOURCE))
        extract(copy)
        for language in LANGUAGES:
            path = Path("locale", language, "LC_MESSAGES", "django.po")
            yield from problems_of(path, ours=read(ROOT / path), wanted=read(copy / path))


def problems_of(path: Path, *, ours: Catalog, wanted: Catalog) -> Iterator[str]:
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
    """Return the catalogue at this path; an empty one if there is none."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


if __name__ == "__main__":
    main(sys.argv[1:])
