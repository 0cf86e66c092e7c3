"""The processes of a running site.

The production server takes the launcher's place, and forks its others to share memory with them.
Django's development server and its worker end with the launcher.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from launcher.address import Address, answers, bracketed, listening_socket
from launcher.packages import VENV
from launcher.speaking import ROOT, say

SERVER = "python -m config.serving --prepare --processes 2 --work --bind fd://{socket}"
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


def serve(environment: dict[str, str], address: Address) -> NoReturn:
    """Become the production server, which prepares the site first."""
    listener = listening_socket(address)
    announce_from_beside(address, listener)
    listener.set_inheritable(True)
    become(SERVER.format(socket=listener.fileno()).split(), environment)


def announce_from_beside(address: Address, listener: socket.socket) -> None:
    """Leave a process that tells the address when this one answers, and then ends."""
    main = os.getpid()
    if os.fork():
        return
    listener.close()
    while os.getppid() == main:
        if answers(address):
            announce(address.url)
            break
        time.sleep(LOOK)
    os._exit(0)


def serve_development(environment: dict[str, str], address: Address) -> NoReturn:
    """Run Django's server and a worker until the server ends; restart a worker that died."""
    place = bracketed(address.ip, address.port)
    server = start(DEVELOPMENT_SERVER.format(place=place), environment)
    worker = start(WORKER, environment)
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: server.terminate())
    if answers_before_it_ends(server, address):
        announce(address.url)
    ended, status = os.wait()
    while ended != server.pid:
        time.sleep(RESPAWN_PAUSE)
        worker = start(WORKER, environment)
        ended, status = os.wait()
    end_what_it_left(server)
    stop(worker)
    sys.exit(exit_status(status))


def announce(url: str) -> None:
    say(f"\n  The site  {url}\n  Sign in   {url}admin/  as admin\n  Ctrl-C stops it.\n")


def start(command: str, environment: dict[str, str]) -> Process:
    """Start a program in a session of its own.

    Only this process tells it to stop: Ctrl-C and a closed terminal reach every process of a
    session.
    """
    program, *arguments = command.split()
    return subprocess.Popen(
        [str(VENV / "bin" / program), *arguments],
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
