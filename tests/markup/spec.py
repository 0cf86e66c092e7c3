"""The examples of the CommonMark specification, which may not be copied into this repository.

The source distribution of the parser that we use carries them. `python -m tests.markup.spec`
fetches it from the package index, checked against the hash below, and keeps it in the virtual
environment; `./parley test` does so before the tests.
"""

import json
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import TypedDict

PACKAGE = "markdown-it-py==4.3.0"
SHA256 = "91a58fa5b72c71a40cf7177250fd767480d7a2bb3ac426ccfb76fb90305fdaaa"
EXAMPLES = "markdown_it_py-4.3.0/tests/test_cmark_spec/commonmark.json"
NUMBER_OF_EXAMPLES = 652

FOLDER = Path(sys.prefix) / "share" / "commonmark"
ARCHIVE = FOLDER / "markdown_it_py-4.3.0.tar.gz"


class Example(TypedDict):
    """One example: its number from 1, the Markdown, and the HTML it must become."""

    example: int
    markdown: str
    html: str
    section: str


@cache
def examples() -> dict[int, Example]:
    """The examples by number."""
    if not ARCHIVE.exists():
        message = f"{ARCHIVE} is missing: run `python -m tests.markup.spec` once, with network"
        raise FileNotFoundError(message)
    with tarfile.open(ARCHIVE) as archive:
        member = archive.extractfile(EXAMPLES)
        assert member is not None
        return {example["example"]: example for example in json.load(member)}


def fetch() -> None:
    """Put the archive in its place, unless it is there."""
    if ARCHIVE.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = FOLDER / "wanted.txt"
    wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n")
    # pip builds the metadata of what it downloads: with the build tool that is locked with the
    # other development packages, not with one fetched on the side.
    options = ("--quiet", "--no-deps", "--no-binary", ":all:", "--no-build-isolation")
    hashed = ("--require-hashes", "--requirement", str(wanted), "--dest", str(FOLDER))
    subprocess.run([sys.executable, "-m", "pip", "download", *options, *hashed], check=True)


if __name__ == "__main__":
    fetch()
