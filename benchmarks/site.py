"""A temporary site, filled and served."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120


class Site:
    """Runs Django's commands on one data folder; `address` is where it is served."""

    def __init__(self, folder: str) -> None:
        self.port = free_port()
        self.environment = {**os.environ, "PARLEY_DATA": folder, "PORT": str(self.port)}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, text=True, stdout=subprocess.PIPE
        ).stdout

    def call(self, statement: str) -> str:
        return self.manage("shell", "--no-imports", "--command", statement)

    def pages(self) -> dict[str, str]:
        """Return the pages to measure by name, with full URLs."""
        said = self.call("from benchmarks.pages import show; show()")
        return {name: self.address + path for name, path in json.loads(said).items()}

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve the site with the production server."""
        with running(["./parley", "serve"], self.address, self.environment):
            yield


@contextmanager
def running(
    command: list[str], address: str, environment: dict[str, str], *, log: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from its first answer on; end it by its process id and wait for it.

    Its log goes to `log`, or to the standard error of this process.
    """
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=log
    )
    try:
        _wait(server, address)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start.")


@contextmanager
def temporary_site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="parley-benchmark-") as folder:
        site = Site(folder)
        site.manage("migrate", "--verbosity", "0")
        yield site


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
