"""The processes of the server, and how they end."""

from __future__ import annotations

import signal

import pytest

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
