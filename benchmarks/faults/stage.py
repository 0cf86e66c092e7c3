"""The site at which the faults are caused."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults.processes import descendants, is_alive
from benchmarks.faults.services import Service
from benchmarks.faults.visitors import Visitor
from benchmarks.site import Site, running

PASSWORD = "correct horse battery"  # noqa: S105 - of a site that exists for minutes
POST = re.compile(r'href="(/\d{4}/\d{2}/[^"/]+/)"')


class Row(NamedTuple):
    """A line of the table. `holds` says whether nothing was lost and the site came back."""

    number: str
    fault: str
    seen: str
    lasted: str
    holds: bool


class Stage(NamedTuple):
    """A running site with its services."""

    site: Site
    folder: Path
    launcher: subprocess.Popen[bytes]
    log: Path
    services: dict[str, Service]
    orphans: list[int]

    @property
    def address(self) -> str:
        return self.site.address

    @property
    def post(self) -> str:
        """The path of a post."""
        found = POST.search(Visitor(self.address).get("/").text)
        return found[1] if found else "/"

    def lines_since(self, size: int) -> int:
        """Return the number of lines logged since the log had that size."""
        return self.log.read_bytes()[size:].count(b"\n")


@contextmanager
def staged(folder: Path, **services: Service) -> Iterator[Stage]:
    """Serve a site with the demo's content once it answers; end all its processes afterwards."""
    site, log = Site(str(folder)), folder.with_suffix(".log")
    site.environment |= {"PARLEY_PASSWORD": PASSWORD}
    for name in ("DATABASE_URL", "CACHE_URL"):
        site.environment.pop(name, None)
    site.environment |= {f"{name}_URL".upper(): service.url for name, service in services.items()}
    left: list[int] = []
    with log.open("wb") as written:
        command = ["./parley", "serve"]
        with running(command, site.address, site.environment, log=written.fileno()) as launcher:
            try:
                yield Stage(site, folder, launcher, log, services, left)
            finally:
                left += descendants(launcher.pid)
    for pid in filter(is_alive, left):
        os.kill(pid, signal.SIGKILL)
