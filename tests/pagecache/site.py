"""A site behind its page cache: asking for pages, and comparing them with pages made anew."""

from __future__ import annotations

import gc
import io
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

from comments.cookies import OWN_REPLIES, keep_own_replies
from comments.models import Comment
from pagecache.answers import Answer, Headers
from pagecache.cache import PageCache
from pagecache.keeping import Keeper
from pagecache.log import ChangeLog
from pagecache.wsgi import PageCacheLayer, ask
from web import in_memory

# Headers that tell how an answer came about, or when, and not what it says.
TELLING = {"x-cache", "etag", "last-modified", "vary", "content-length", "content-encoding"}
ROOM = 2**24
# Requests; a quarter of the bytes of their headers or addresses, if each has 60,000.
MANY, LITTLE = 40, 600_000


def environ(address: str, method: str = "GET", **headers: Any) -> dict[str, Any]:
    """Return a request's environment (PEP 3333); `headers` under their CGI names."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(headers.pop("body", b"")),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


class Site:
    """One process's cache in front of the site. Several with one log are several processes."""

    def __init__(self, log: Path, *, room: int = ROOM) -> None:
        self.log = ChangeLog(log)
        self.cache = PageCache(self.log, room)
        self.django = WSGIHandler()
        self.layer = PageCacheLayer(self.django, self.cache)
        self.layer._process = os.getpid()  # nobody looks after it but the test
        self.keeper = Keeper(self.cache, make=self.layer.make, wanted=log.with_name("wanted.json"))
        self.keeper.learn_schedule()

    def get(self, address: str, **headers: Any) -> Answer:
        return ask(self.layer, environ(address, **headers))

    def anew(self, address: str, **headers: Any) -> Answer:
        """Return the page as Django makes it now, in a process that has just started."""
        in_memory.forget()
        return ask(self.django, environ(address, **headers))

    def warm(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self.get(address)

    def found(self, address: str, **headers: Any) -> str:
        """Return "hit", "miss" or "pass" for a request."""
        before = +self.cache.counts
        self.get(address, **headers)
        (found,) = {
            name for name in ("hit", "miss", "pass") if self.cache.counts[name] > before[name]
        }
        return found

    def old(self, addresses: Iterable[str]) -> list[str]:
        """Return the pages that differ from what Django makes of them now.

        Twice, since something may appear by the clock between the two.
        """
        differ = [one for one in addresses if self._differs(one)]
        return [one for one in differ if self._differs(one)]

    def _differs(self, address: str) -> bool:
        return said(self.get(address)) != said(self.anew(address))


def said(made: Answer) -> tuple[int, Headers, bytes]:
    """Return what an answer says, without what tells how it came about."""
    kept = [(name, value) for name, value in made.headers if name.lower() not in TELLING]
    return made.status, [pair for pair in kept if pair[0] != "Cache-Control"], made.body


def cookie_of(reply: Comment) -> str:
    """Return the Cookie header of the browser that sent a reply."""
    answered = HttpResponse()
    keep_own_replies(answered, [reply.pk])
    return f"{OWN_REPLIES}={answered.cookies[OWN_REPLIES].value}"


def growth(ask: Callable[[int], object]) -> int:
    """Return how many bytes MANY requests leave in memory, after a first one."""
    tracemalloc.start()
    try:
        ask(0)
        before = _traced()
        for number in range(1, MANY):
            ask(number)
        return _traced() - before
    finally:
        tracemalloc.stop()


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
