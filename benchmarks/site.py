"""A temporary site, filled and served."""

from __future__ import annotations

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
PATIENCE, LOOK = 120, 0.02  # seconds


class Site:
    """Runs Django's commands on one data folder; `address` is where it is served."""

    def __init__(self, folder: str, **environment: str) -> None:
        self.port = free_port()
        self.environment = {
            "PARLEY_VENV": sys.prefix,
            **os.environ,
            **environment,
            "PARLEY_DATA": folder,
            "PORT": str(self.port),
        }

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

    @contextmanager
    def served(self, *, waits_for: str = "/", **environment: str) -> Iterator[int]:
        """Serve the site with the production server; the id is that of its main process."""
        given = {**self.environment, **environment}
        with running(["./parley", "serve"], self.address + waits_for, given) as server:
            yield server.pid


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
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(LOOK)
        else:
            return
    sys.exit("The server did not start.")


@contextmanager
def temporary_site(**environment: str) -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="parley-benchmark-") as folder:
        site = Site(folder, **environment)
        site.manage("migrate", "--verbosity", "0")
        yield site


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
