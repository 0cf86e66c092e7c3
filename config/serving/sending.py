"""Answers as ASGI messages: headers, whole pages, and files piece by piece."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings

from config.serving.files import Answer
from config.serving.threads import Threads

PIECE = (
    64 * 1024
)  # bytes of a file that are read at once: as many wait in memory for each slow reader
SMALL = 64 * 1024  # bytes of a file that is kept in memory
NO_CONTENT = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
Headers = list[tuple[str, str]]
Answered = tuple[int, Headers, bytes]
Send = Callable[[dict[str, Any]], Any]


async def send_whole(send: Send, answered: Answered) -> None:
    """Send an answer that is in memory, with its length."""
    status, headers, content = answered
    if status not in NO_CONTENT and not any(name == "content-length" for name, _ in headers):
        headers = [*headers, ("content-length", str(len(content)))]
    await send_head(send, status, headers)
    await send({"type": "http.response.body", "body": content})


async def refuse(send: Send, status: HTTPStatus, *headers: tuple[str, str]) -> None:
    """Send a status alone, and close the connection, on which there may be more to read."""
    await send_whole(send, (status, [*headers, ("connection", "close")], b""))


async def refuse_for_now(send: Send) -> None:
    wait = str(settings.PARLEY_OUTAGE_PAUSE)
    await refuse(send, HTTPStatus.SERVICE_UNAVAILABLE, ("retry-after", wait))


async def send_head(send: Send, status: int, headers: Headers) -> None:
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": encoded})


def lowered(headers: Any) -> Headers:
    """Return the headers with lower-case names."""
    return [(name.lower(), value) for name, value in headers]


def read_small(folder: Path) -> dict[str, bytes]:
    """Return the content of all small files below the folder, by their paths."""
    files = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
    return {str(file): file.read_bytes() for file in files if file.stat().st_size <= SMALL}


@contextlib.asynccontextmanager
async def opened(path: str, threads: Threads) -> AsyncIterator[int]:
    """Open a file for reading, by threads that may wait for the disk."""
    descriptor = await threads.run(os.open, path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


async def send_from(descriptor: int, found: Answer, send: Send, threads: Threads) -> None:
    """Send the wanted part of an open file. `send` waits for the client; a thread reads meanwhile.

    If the file has become shorter, the server ends the connection, as the length is known already.
    """
    position = found.start
    while position < found.end:
        size = min(PIECE, found.end - position)
        piece = await threads.run(os.pread, descriptor, size, position)
        position = position + len(piece) if piece else found.end
        await send({"type": "http.response.body", "body": piece, "more_body": position < found.end})
