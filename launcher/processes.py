"""The processes of a running site: the server and the worker, which end with the launcher."""

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
    """Replace this process by a program of the virtual environment, which then gets every signal."""
    program = VENV / "bin" / command[0]
    os.chdir(ROOT)
    os.execve(program, [str(program), *command[1:]], environment)  # noqa: S606 - intended


def oversee(
    command: list[str], environment: dict[str, str], address: Address, announce: Callable[[], None]
) -> NoReturn:
    """Run the server and a worker until the server ends; restart a worker that died.

    Each runs in its own session, and only this process tells it to stop: Ctrl-C and a closed
    terminal reach every process of a session, and Granian's workers hang if two processes tell them
    to stop.
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
    """Return what a child runs first: Linux then stops it if the launcher ends, even by `kill -9`."""
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
    """Return whether the process ended, and leave its status for `os.wait`."""
    return bool(os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT))


def end_what_it_left(server: Process) -> None:
    """End the processes of a killed server: they would hold the port and go on answering."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def stop(process: Process) -> None:
    """Stop the worker, and give it PATIENCE seconds for its task; an interrupted task runs again."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def exit_status(status: int) -> int:
    """Return the status as a shell does: 128 plus the signal for a killed process."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
