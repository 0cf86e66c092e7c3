"""The file that holds what was measured last, each part by its name."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.site import ROOT

FILE = ROOT / "docs" / "performance.json"
Row = dict[str, Any]  # a column's heading, and what stands in it
Rows = list[Row]


def read(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def keep(file: Path, part: str, rows: Rows) -> None:
    """Replace what the file says of a part, but for pages that were not measured now."""
    before = read(file)
    measured = {row.get("page") for row in rows}
    others = [
        row for row in before.get(part, {}).get("rows", []) if row.get("page") not in measured
    ]
    told = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "commit": commit(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "rows": [*others, *rows],
    }
    text = json.dumps({**before, part: told}, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


def commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(
        command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    ).stdout.strip()


def load() -> float:
    """Return the load average of the last minute."""
    return round(os.getloadavg()[0], 1)
