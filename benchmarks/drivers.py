"""Clients that request one page repeatedly: wrk if it is installed, else our own threads."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, order=True)
class Figures:
    """Requests a second, and the median and 99th percentile of the response time in milliseconds."""

    rate: float
    median: float
    slowest: float
    failed: int


def drive(address: str, *, clients: int, seconds: int) -> Figures:
    measure = with_wrk if shutil.which("wrk") else with_threads
    return measure(address, clients=clients, seconds=seconds)


def with_wrk(address: str, *, clients: int, seconds: int) -> Figures:
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    said = subprocess.run([*command, address], check=True, text=True, stdout=subprocess.PIPE).stdout
    failures = [int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)|timeout (\d+)", said)
                for n in n if n]  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return Figures(
        rate=float(rate[1]) if rate else 0,
        median=_milliseconds(said, "50%"),
        slowest=_milliseconds(said, "99%"),
        failed=sum(failures),
    )


def _milliseconds(said: str, line: str) -> float:
    found = re.search(rf"^\s+{line}\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    return float(found[1]) * UNITS[found[2]] if found else float("nan")


def with_threads(address: str, *, clients: int, seconds: int) -> Figures:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(clients) as pool:
        answers = [pool.submit(_ask, address, until) for _ in range(clients)]
    times = sorted(moment for answer in answers for moment, _ in answer.result())
    failed = sum(status >= 400 for answer in answers for _, status in answer.result())
    if not times:
        return Figures(0, float("nan"), float("nan"), failed)
    return Figures(
        rate=len(times) / seconds,
        median=times[len(times) // 2],
        slowest=times[len(times) * 99 // 100],
        failed=failed,
    )


def _ask(address: str, until: float) -> list[tuple[float, int]]:
    """Return the milliseconds and status of each answer to one client, which keeps its connection."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    answers = []
    while (begin := time.monotonic()) < until:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        answer.read()
        answers.append(((time.monotonic() - begin) * 1000, answer.status))
    connection.close()
    return answers
