"""The processes of a running site: the server and the worker beside it, which end when the launcher does."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from launcher.address import Address, answers
from launcher.packages import VENV
from launcher.speaking import ROOT

SERVER = (
    "granian --interface rsgi --workers 2 --no-ws --log-level error"
    " --respawn-failed-workers --workers-kill-timeout 10 config.serving.server:application"
)
WORKER = "python manage.py work"
RESPAWN_PAUSE, PATIENCE, LOOK = 1, 15, 0.05  # seconds
PR_SET_PDEATHSIG = 1  # prctl(2), Linux

Process = subprocess.Popen[bytes]


def become(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Replaces this process by a program of the virtual environment, which then gets every signal."""
    program = VENV / "bin" / command[0]
    os.chdir(ROOT)
    os.execve(program, [str(program), *command[1:]], environment)  # noqa: S606 - meant


def oversee(
    command: list[str], environment: dict[str, str], address: Address, announce: Callable[[], None]
) -> NoReturn:
    """Runs the server and a worker beside it until the server ends; starts a worker that died anew.

    Each runs in a session of its own and is told by this process, and only by it, when to stop:
    Ctrl-C and a closed terminal reach every process of a session, and Granian's workers hang when
    they are told to stop by two.
    """
    server, worker = start(command, environment), start(WORKER.split(), environment)
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: server.terminate())
    if answers_before_it_ends(server, address):
        announce()
    ended, status = os.wait()
    while ended != server.pid:
        time.sleep(RESPAWN_PAUSE)
        worker = start(WORKER.split(), environment)
        ended, status = os.wait()
    end_what_it_left(server)
    stop(worker)
    sys.exit(exit_status(status))


def start(command: list[str], environment: dict[str, str]) -> Process:
    program = [str(VENV / "bin" / command[0]), *command[1:]]
    return subprocess.Popen(
        program,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        preexec_fn=end_with(os.getpid()),  # noqa: PLW1509 - there are no threads here
    )


def end_with(launcher: int) -> Callable[[], None]:
    """For a child: Linux tells it to stop when the launcher is gone, even by `kill -9`."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def ask() -> None:
        if prctl:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != launcher:
            os._exit(1)

    return ask


def answers_before_it_ends(server: Process, address: Address) -> bool:
    while not has_ended(server):
        if answers(address):
            return True
        time.sleep(LOOK)
    return False


def has_ended(process: Process) -> bool:
    """Without taking the news from `os.wait`."""
    return bool(os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT))


def end_what_it_left(server: Process) -> None:
    """A server that was killed leaves processes that hold the port and go on answering."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def stop(process: Process) -> None:
    """Lets it end the task it is at, within reason; one that was cut off runs again."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def exit_status(status: int) -> int:
    """As a shell says it: 128 and the signal for who was killed."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
