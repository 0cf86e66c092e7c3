"""The processes of the server, and how they end."""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

import pytest

from benchmarks.faults.processes import descendants
from tests.config.serving.conftest import PATIENCE, Serve

FORM = "Content-Type: application/x-www-form-urlencoded"
BODY = b"language=nl&next=/"


def test_when_it_is_asked_to_end_what_runs_is_answered_and_who_waits_is_left(serve: Serve) -> None:
    site = serve()
    idle = site.send("GET /healthz HTTP/1.1", "Host: localhost")
    assert idle.recv(12) == b"HTTP/1.1 200"
    length = f"Content-Length: {len(BODY)}"
    leave = "Expect: 100-continue"
    running = site.send("POST /language/ HTTP/1.1", "Host: localhost", FORM, length, leave)
    assert running.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
    site.process.terminate()
    with idle, idle.makefile("rb") as rest:
        rest.read()  # until it is closed
    running.sendall(BODY)
    with running, running.makefile("rb") as answer:
        assert answer.read().startswith(b"HTTP/1.1 302")
    assert site.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_ctrl_c_and_a_closed_terminal_end_it_too(
    serve: Serve, request_to_end: signal.Signals
) -> None:
    site = serve()
    site.process.send_signal(request_to_end)
    assert site.process.wait(PATIENCE) == 0
    assert site.log == ""


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux about processes")
@pytest.mark.parametrize("before", [None, signal.SIGTTOU, signal.SIGUSR2])
def test_nobody_is_lost_who_waits_for_a_process_that_dies(
    serve: Serve, before: signal.Signals | None
) -> None:
    """Also after a signal by which Gunicorn would have fewer processes, or begin anew."""
    site = serve(processes=2)
    assert sockets_that_listen(site.port) == 2
    (dying, *_) = descendants(site.process.pid)
    if before:
        site.process.send_signal(before)
    os.kill(dying, signal.SIGSTOP)
    waiting = [site.send("GET /healthz HTTP/1.1", "Host: localhost") for _ in range(40)]
    os.kill(dying, signal.SIGKILL)
    for connection in waiting:
        with connection:
            assert connection.recv(12) == b"HTTP/1.1 200"


def sockets_that_listen(port: int) -> int:
    """Each has its own connections, so that no process takes those of another."""
    lines = Path("/proc/net/tcp").read_text().splitlines()
    return sum(
        line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A" for line in lines
    )


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux about processes")
def test_the_main_process_opens_nothing_that_a_fork_must_not_share(serve: Serve) -> None:
    process = Path("/proc", str(serve().process.pid))
    opened = [str(file.readlink()) for file in (process / "fd").iterdir()]
    assert not [name for name in opened if "sqlite" in name]
    assert len(list((process / "task").iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux about processes")
def test_as_many_connections_may_be_open_as_the_system_allows(serve: Serve) -> None:
    site = serve()
    process = descendants(site.process.pid)[0]
    soft, hard = resource.prlimit(process, resource.RLIMIT_NOFILE)
    assert soft == (65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536))
