"""A program from PyPI in a virtual environment of its own, and what one asks it for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.site import ROOT, free_port, running


class Program:
    """Installed by pip in a folder of its own. `asked` names pages, and gives the path of each."""

    name: str
    packages: tuple[str, ...]
    # What stands once in an answer for each reply in it.
    mark: str
    asked: dict[str, str]

    def __init__(self, folder: Path, content: Path) -> None:
        self.folder = folder / type(self).__name__
        self.content = content
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = dict(os.environ)
        subprocess.run([sys.executable, "-m", "venv", self.folder], check=True)
        self.run("python", "-m", "pip", "install", "--quiet", *self.packages)
        self.load()

    def load(self) -> None:
        """Store the thread of the content file."""
        raise NotImplementedError

    @property
    def command(self) -> list[str]:
        """What serves it, the ordinary way."""
        raise NotImplementedError

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    def run(self, name: str, *arguments: str) -> None:
        command = [self.program(name), *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=self.environment)

    def replies(self) -> list[dict[str, Any]]:
        return json.loads(self.content.read_text(encoding="utf-8"))["comments"]

    @contextmanager
    def served(self) -> Iterator[None]:
        with running(self.command, self.address, self.environment, log=subprocess.DEVNULL):
            yield
