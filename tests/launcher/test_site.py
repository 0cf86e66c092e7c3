"""A running site: announced when it answers, and gone with all its processes whatever was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.faults.processes import command_of, descendants, is_alive
from tests.launcher.conftest import LAUNCHER, ROOT

LONGEST = 60  # seconds, on a busy machine
PROCESSES = Path("/proc")
SERVER = "config.serving"
FORKED = 3  # two answer requests, and one does background work
OUTSIDE = {"DATABASE_URL": "", "CACHE_URL": "", "EMAIL_URL": "", "HOST": ""}

pytestmark = pytest.mark.skipif(not PROCESSES.exists(), reason="it asks Linux about processes")


class Site(NamedTuple):
    """A `./parley serve` that has said where it answers."""

    launcher: subprocess.Popen[str]
    port: int
    said: list[str]

    def processes(self) -> dict[int, str]:
        """Those that it forked, by their id, with their command: not the one that tells the address."""
        found = {pid: command_of(pid) for pid in descendants(self.launcher.pid)}
        return {pid: command for pid, command in found.items() if SERVER in command}


def wait_until(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def is_gone(pid: int) -> bool:
    return not is_alive(pid)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def status_of(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=LONGEST) as answer:
        return answer.status


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the first start has done its work."""
    data = tmp_path_factory.mktemp("data")
    command = [sys.executable, "manage.py", "prepare"]
    environment = {**os.environ, **OUTSIDE, "PARLEY_DATA": str(data)}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return data


def said_until(launcher: subprocess.Popen[str], begin: str) -> Iterator[str]:
    """Yield the lines that it says, up to the first one that begins so."""
    for line in launcher.stdout or ():
        yield line
        if line.startswith(begin):
            return


@pytest.fixture
def site(prepared: Path, tmp_path: Path, installed_venv: Path, free_port: str) -> Iterator[Site]:
    data = shutil.copytree(prepared, tmp_path / "data")
    own = {"PARLEY_DATA": str(data), "PARLEY_VENV": str(installed_venv), "PORT": free_port}
    with subprocess.Popen(
        [sys.executable, str(LAUNCHER), "serve"],
        env={**os.environ, **OUTSIDE, **own},
        stdout=subprocess.PIPE,
        text=True,
    ) as launcher:
        site = Site(launcher, int(free_port), list(said_until(launcher, "  The site")))
        has_all = wait_until(lambda: len(site.processes()) == FORKED)
        started = site.processes()
        if has_all:
            yield site
        launcher.terminate()
        for pid in started:
            if not wait_until(partial(is_gone, pid)):
                os.kill(pid, signal.SIGKILL)
        assert has_all, started


def test_its_address_is_told_when_it_answers(site: Site) -> None:
    assert status_of(site.port) == 200
    assert site.said[-1] == f"  The site  http://127.0.0.1:{site.port}/\n"
    assert "Starting the server …\n" in site.said


@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_when_it_is_asked(site: Site, request_to_end: signal.Signals) -> None:
    started = site.processes()
    site.launcher.send_signal(request_to_end)
    assert site.launcher.wait(LONGEST) == 0
    assert wait_until(lambda: all(map(is_gone, started)))


def test_when_the_main_process_is_killed_nothing_keeps_the_port(site: Site) -> None:
    started = site.processes()
    site.launcher.kill()
    assert wait_until(lambda: all(map(is_gone, started)))
    # The system closes what a process held a moment after its memory is gone.
    assert wait_until(lambda: is_free(site.port))


def test_for_each_process_that_is_killed_another_comes(site: Site) -> None:
    first = set(site.processes())
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: len(set(site.processes()) - first) == FORKED)
    assert status_of(site.port) == 200


@pytest.fixture
def start(
    prepared: Path, tmp_path: Path, installed_venv: Path, free_port: str
) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """start(name) -> a `./parley serve` of a site of its own, on the one port that is free."""
    started: list[subprocess.Popen[str]] = []

    def run(name: str) -> subprocess.Popen[str]:
        data = tmp_path / name
        if not data.exists():
            shutil.copytree(prepared, data)
        own = {"PARLEY_DATA": str(data), "PARLEY_VENV": str(installed_venv), "PORT": free_port}
        launcher = subprocess.Popen(
            [sys.executable, str(LAUNCHER), "serve"],
            env={**os.environ, **OUTSIDE, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(launcher)
        return launcher

    yield run
    for launcher in started:
        launcher.terminate()
        launcher.communicate(timeout=LONGEST)


def test_a_site_that_cannot_be_prepared_is_not_served(
    start: Callable[[str], subprocess.Popen[str]], tmp_path: Path, free_port: str
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "parley.sqlite3").write_bytes(b"no database" * 100)
    said, complained = start("one").communicate(timeout=LONGEST)
    assert "The database does not answer: file is not a database" in complained
    assert "Starting the server" not in said
    assert is_free(int(free_port))


def test_a_start_that_is_ended_while_it_prepares_leaves_nothing(
    start: Callable[[str], subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    with (tmp_path / "one" / "preparing.lock").open("w") as other_start:
        fcntl.flock(other_start, fcntl.LOCK_EX)
        launcher = start("one")
        assert "Another start" in (launcher.stdout or sys.stdin).readline()
        started = descendants(launcher.pid)
        launcher.terminate()
        assert launcher.wait(LONGEST) != 0
        assert started
        assert wait_until(lambda: all(map(is_gone, started)))


def test_two_starts_at_once_do_not_share_a_port(
    start: Callable[[str], subprocess.Popen[str]], free_port: str
) -> None:
    both = [start("one"), start("other")]
    assert wait_until(lambda: any(launcher.poll() is not None for launcher in both))
    refused, serving = sorted(both, key=lambda launcher: launcher.poll() is None)
    assert f"Port {free_port} on 127.0.0.1 is taken" in refused.communicate()[1]
    assert serving.poll() is None
    assert status_of(int(free_port)) == 200
