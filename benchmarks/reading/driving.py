"""wrk (`apt install wrk`), which requests one page repeatedly, or what a script of it says."""

from __future__ import annotations

import os
import re
import resource
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
CLIENTS = 16
GZIP = ("Accept-Encoding: gzip",)


@dataclass(frozen=True)
class Figures:
    """Requests a second, and the median and 99th percentile of the response time in milliseconds."""

    rate: float
    median: float
    slowest: float
    requests: int
    failed: int
    busy: float  # the share of the time in which wrk itself had a processor
    said: str


def drive(
    address: str,
    *,
    seconds: int,
    clients: int = CLIENTS,
    headers: Iterable[str] = (),
    script: Path | None = None,
    given: Mapping[str, str] | None = None,
) -> Figures:
    """Drive one page. A script reads what it is `given` from the environment."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    before = _processor_seconds()
    said = subprocess.run(
        [*command, address],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        env={**os.environ, **(given or {})},
    ).stdout
    return _read(said, busy=(_processor_seconds() - before) / seconds)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _read(said: str, *, busy: float) -> Figures:
    failed = re.findall(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = re.findall(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said
    )
    return Figures(
        rate=float(number(r"Requests/sec:\s+([\d.]+)", said)),
        median=_milliseconds(said, "50%"),
        slowest=_milliseconds(said, "99%"),
        requests=int(number(r"(\d+) requests in", said)),
        failed=sum(map(int, [*failed, *(count for counts in errors for count in counts)])),
        busy=busy,
        said=said,
    )


def number(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else "0"


def _milliseconds(said: str, line: str) -> float:
    found = re.search(rf"^\s+{line}\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    return float(found[1]) * UNITS[found[2]] if found else float("nan")
