"""What a server and all processes below it take, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.processes import descendants

TICKS = os.sysconf("SC_CLK_TCK")
USER_TIME, SYSTEM_TIME = 11, 12  # places in /proc/PID/stat after the name


def tree(pid: int) -> list[int]:
    return [pid, *descendants(pid)]


def processor_seconds(pid: int) -> float:
    return sum(_times(pid)) / TICKS


def _times(pid: int) -> Iterator[int]:
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):  # it has ended
            continue
        yield int(fields[USER_TIME]) + int(fields[SYSTEM_TIME])


def memory(pid: int) -> float:
    """Return the proportional set size (PSS) in MiB: memory that is shared counts once."""
    return sum(_kilobytes(one) for one in tree(pid)) / 1024


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):  # it has ended
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def open_files(pid: int) -> int:
    return sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in tree(pid))
