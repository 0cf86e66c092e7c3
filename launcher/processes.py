"""The processes of a running site, which end with the launcher.

The production server forks its own worker, to share memory with it; Django's development server
has one beside it.
"""

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

from launcher.address import Address, answers, bracketed, listening_socket
from launcher.packages import VENV
from launcher.speaking import ROOT

SERVER = "python -m config.serving --processes 2 --work --bind fd://{socket}"
DEVELOPMENT_SERVER = "python manage.py runserver {place}"
WORKER = "python manage.py work"
RESPAWN_PAUSE, PATIENCE, LOOK = 1, 15, 0.05  # seconds
PR_SET_PDEATHSIG = 1  # prctl(2), Linux

Process = subprocess.Popen[bytes]


def become(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Replace this process by a program of the virtual environment, which then gets every signal."""
    program = VENV / "bin" / command[0]
    os.chdir(ROOT)
    os.execve(program, [str(program), *command[1:]], environment)  # noqa: S606 - intended


def serve(
    environment: dict[str, str], address: Address, announce: Callable[[], None]
) -> NoReturn:
    """Run the production server until it ends. It alone holds the port then."""
    with listening_socket(address) as listener:
        command = SERVER.format(socket=listener.fileno())
        server = start(command, environment, listener.fileno())
    tell_when_it_answers(server, address, announce)
    finish(server, os.wait()[1])


def serve_development(
    environment: dict[str, str], address: Address, announce: Callable[[], None]
) -> NoReturn:
    """Run Django's server and a worker until the server ends; restart a worker that died."""
    place = bracketed(address.ip, address.port)
    server = start(DEVELOPMENT_SERVER.format(place=place), environment)
    worker = start(WORKER, environment)
    tell_when_it_answers(server, address, announce)
    ended, status = os.wait()
    while ended != server.pid:
        time.sleep(RESPAWN_PAUSE)
        worker = start(WORKER, environment)
        ended, status = os.wait()
    stop(worker)
    finish(server, status)


def start(command: str, environment: dict[str, str], *sockets: int) -> Process:
    """Start a program in a session of its own, with these sockets.

    Only this process tells it to stop: Ctrl-C and a closed terminal reach every process of a
    session, and a server that hears of it twice drops the requests that run.
    """
    program, *arguments = command.split()
    return subprocess.Popen(
        [str(VENV / "bin" / program), *arguments],
        cwd=ROOT,
        env=environment,
        pass_fds=sockets,
        start_new_session=True,
        preexec_fn=end_with(os.getpid()),  # noqa: PLW1509 - there are no threads here
    )


def tell_when_it_answers(
    server: Process, address: Address, announce: Callable[[], None]
) -> None:
    """Pass requests to end on to the server, and wait until it answers or has ended."""
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: server.terminate())
    if answers_before_it_ends(server, address):
        announce()


def finish(server: Process, status: int) -> NoReturn:
    """End with the status of a server that has ended."""
    end_what_it_left(server)
    sys.exit(exit_status(status))


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
