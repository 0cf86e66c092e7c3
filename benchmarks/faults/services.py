"""Debian's PostgreSQL and Redis on their own ports, which can be made to hang and to continue."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults.processes import descendants
from benchmarks.site import free_port


class Service(NamedTuple):
    """A running service: its process id and its URL."""

    pid: int
    url: str

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Stop the process and its children: connections stay open and get no answer."""
        stopped = [self.pid, *descendants(self.pid)]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

    def restart(self, home: Path) -> None:
        """Restart PostgreSQL as its upgrade does."""
        postgres(home, "pg_ctl", "-D", "data", "-l", "log", "-m", "fast", "-w", "restart")


@contextmanager
def redis(folder: Path) -> Iterator[Service]:
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with (folder / "redis.log").open("w") as log:
        server = subprocess.Popen([program("redis-server"), *options], stdout=log)
    try:
        yield Service(server.pid, f"redis://127.0.0.1:{port}/0")
    finally:
        server.send_signal(signal.SIGCONT)
        server.terminate()
        server.wait()


@contextmanager
def postgresql(folder: Path) -> Iterator[Service]:
    port, home = free_port(), folder / "postgresql"
    home.mkdir()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        shutil.chown(home, "postgres")
    postgres(
        home, "initdb", "-D", "data", "-U", "parley", "--auth=trust", "--no-sync", "-E", "UTF8"
    )
    options = f"-p {port} -h 127.0.0.1 -k {home} -F"
    postgres(home, "pg_ctl", "-D", "data", "-l", "log", "-w", "start", "-o", options)
    pid = int((home / "data" / "postmaster.pid").read_text().split()[0])
    try:
        yield Service(pid, f"postgresql://parley@127.0.0.1:{port}/parley")
    finally:
        postgres(home, "pg_ctl", "-D", "data", "-m", "immediate", "stop")


def create_database(service: Service, name: str, folder: Path) -> str:
    """Create an empty database, and return its URL."""
    server, _, _ = service.url.rpartition("/")
    port = server.rpartition(":")[2]
    command = ("createdb", "-h", "127.0.0.1", "-p", port, "-U", "parley", "-T", "template0", name)
    postgres(folder / "postgresql", *command)
    return f"{server}/{name}"


def postgres(home: Path, name: str, *arguments: str) -> None:
    as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_whom, program(name), *arguments]
    subprocess.run(command, cwd=home, check=True, stdout=subprocess.DEVNULL)


def program(name: str) -> str:
    """Return the program's path. Debian keeps PostgreSQL's programs off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = shutil.which(name) or (str(found[-1]) if found else None)
    if path is None:
        sys.exit(f"{name} is missing: apt install postgresql redis-server")
    return path
