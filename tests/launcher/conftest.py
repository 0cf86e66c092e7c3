"""The launcher, run as people run it: as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "parley"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run_launcher(tmp_path: Path) -> Run:
    """run_launcher("serve", PORT="x") -> the ended process; what it writes is in a folder of the test."""

    def run(
        *arguments: str, program: Path = LAUNCHER, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        own = {"PARLEY_DATA": str(tmp_path / "data"), "PARLEY_VENV": str(tmp_path / "venv")}
        environment = {**os.environ, **own, **variables}
        command = [sys.executable, str(program), *arguments]
        return subprocess.run(
            command, env=environment, text=True, capture_output=True, check=False, timeout=300
        )

    return run


@pytest.fixture
def is_one_sentence() -> Callable[[subprocess.CompletedProcess[str]], bool]:
    """Whether a process failed with a single line to read, and no traceback."""

    def check(done: subprocess.CompletedProcess[str]) -> bool:
        lines = done.stderr.strip().splitlines()
        return done.returncode != 0 and len(lines) == 1 and lines[0].startswith("parley: ")

    return check
