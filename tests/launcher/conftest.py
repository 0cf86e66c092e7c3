"""The launcher, run as people run it: as a program of its own."""

from __future__ import annotations

import hashlib
import os
import socket
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


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str], Path]:
    """altered(code) -> a program that is the launcher on a machine which the code has changed first."""

    def alter(code: str) -> Path:
        program = tmp_path / "altered.py"
        program.write_text(
            f"import importlib.util, os, runpy, shutil, subprocess, sys\n{code}\n"
            f"sys.argv[0], sys.path[0] = {str(LAUNCHER)!r}, {str(ROOT)!r}\n"
            f"runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')\n",
            encoding="utf-8",
        )
        return program

    return alter


@pytest.fixture
def installed_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment of these tests, as one in which the launcher has installed all packages."""
    own = Path(sys.prefix)
    folder = tmp_path_factory.mktemp("venv")
    for entry in own.iterdir():
        if entry.name != "parley-locks":
            (folder / entry.name).symlink_to(entry)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    locks = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]
    stamps = [f"{version}:{hashlib.sha256(lock.read_bytes()).hexdigest()}" for lock in locks]
    (folder / "parley-locks").write_text("\n".join(stamps), encoding="ascii")
    return folder


@pytest.fixture
def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])
