"""A program from PyPI in its own virtual environment, and the pages to request from it."""

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
    """A program that pip installs in its own folder. `asked` gives the path of each page by name."""

    name: str
    packages: tuple[str, ...]
    # A text that an answer has once for each reply.
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
        """The command that serves it in the ordinary way."""
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
