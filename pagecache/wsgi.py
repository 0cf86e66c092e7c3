"""The WSGI layer (PEP 3333) in front of Django that answers from the page cache."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import Lock
from typing import Any

from django.conf import settings

from pagecache.answers import Answer, Headers, Kept, answer, packed, wanted_coding
from pagecache.cache import PageCache
from pagecache.front import headers_of
from pagecache.keeping import Counted, look_after
from pagecache.keys import Key, Passed, environ_for, key_of
from pagecache.log import hash_of
from web.in_memory import begin
from web.shown import SHOWN, SITE, Shown, making

Environ = dict[str, Any]
Application = Callable[..., Any]
TOKEN = b"csrfmiddlewaretoken"
MOST_NOTHING, NOTHING_FOR = 1000, 10.0  # keys, seconds


class PageCacheLayer:
    """Answers from `cache` what is the same for everybody; `application` makes what is missing.

    `told`, if given, hears of each answer (environment, answer, seconds) and returns headers for it.
    `counted` is for the keeper (`pagecache.keeping`).
    """

    def __init__(
        self,
        application: Application,
        cache: PageCache,
        *,
        told: Callable[[Environ, Answer, float], Headers] | None = None,
        counted: Counted | None = None,
    ) -> None:
        self.application = application
        self.cache = cache
        self._told = told
        self._counted = counted
        self._nothing: dict[Key, float] = {}  # until when
        self._turn = Lock()
        self._process = 0
        self._stop: Callable[[], None] | None = None

    def begin(self) -> None:
        """Look after the cache in this process from now on; does so once."""
        with self._turn:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._stop = look_after(self.cache, self.make, self._counted)

    def end(self) -> None:
        """Stop looking after it."""
        if self._stop:
            self._stop()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        begin()
        if self._process != os.getpid():  # a server that does not call `begin`
            self.begin()
        try:
            key = key_of(environ)
        except Passed as why:
            return self._pass(environ, start_response, str(why))
        found, page = "hit", self.cache.find(key)
        if page:
            page.use()
        elif not self._came_to_nothing(key):
            found, page = "miss", self.make(key)
        if page is None:
            return self._pass(environ, start_response, "not kept")
        self.cache.counts[found] += 1
        coding = wanted_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        self.cache.form(key, page, coding)
        made = answer(
            page,
            environ["REQUEST_METHOD"],
            coding,
            environ.get("HTTP_IF_NONE_MATCH"),
            environ.get("HTTP_IF_MODIFIED_SINCE"),
        )
        told = self._told(environ, made, time.perf_counter() - began) if self._told else []
        return _send(made, [*told, *_explained(found)], start_response)

    def make(self, key: Key) -> Kept | None:
        """Make and keep the page of a key before anybody asks for it."""
        return self.cache.one_at_a_time(key, lambda: self._make(key))

    def _make(self, key: Key) -> Kept | None:
        """Let Django make the page of a key, and keep it; None if it is none to be kept."""
        since, now = self.cache.begin(), time.time()
        with making() as shown:
            made = ask(self.application, environ_for(key) | {SHOWN: shown})
        if not _may_be_kept(made, shown):
            self._note_nothing(key)
            return None
        names = {*shown.names, *shown.used, SITE}
        page = packed(
            [*made.headers, *headers_of(names, shown.until)],
            made.body,
            names=map(hash_of, names),
            until=shown.until.timestamp() if shown.until else math.inf,
            now=now,
        )
        self.cache.keep(key, page, since=since)
        return page

    def _came_to_nothing(self, key: Key) -> bool:
        """Return whether this was no page to be kept a moment ago: it would be made twice again."""
        return self._nothing.get(key, 0.0) > time.monotonic()

    def _note_nothing(self, key: Key) -> None:
        if len(self._nothing) >= MOST_NOTHING:
            self._nothing.clear()
        self._nothing[key] = time.monotonic() + NOTHING_FOR

    def _pass(
        self, environ: Environ, start_response: Callable[..., Any], why: str
    ) -> Iterable[bytes]:
        self.cache.counts["pass"] += 1

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            return start_response(status, [*headers, *_explained(f"pass; {why}")], *rest)

        return self.application(environ, start)


def ask(application: Application, environ: Environ) -> Answer:
    """Return the whole answer of an application."""
    started: list[Any] = []

    def start(status: str, headers: Headers, *_: Any) -> None:
        started.extend((status, headers))

    result = application(environ, start)
    try:
        body = b"".join(result)
    finally:
        if close := getattr(result, "close", None):
            close()
    return Answer(int(started[0][:3]), started[1], body)


def _may_be_kept(made: Answer, shown: Shown) -> bool:
    rules = " ".join(value.lower() for name, value in made.headers if name == "Cache-Control")
    return (
        made.status == HTTPStatus.OK
        and bool(shown.names)
        and not _has(made.headers, "Set-Cookie")
        and "private" not in rules
        and "no-store" not in rules
        and TOKEN not in made.body
    )


def _has(headers: Headers, wanted: str) -> bool:
    return any(name.lower() == wanted.lower() for name, _value in headers)


def _explained(words: str) -> Headers:
    return [("X-Cache", words)] if settings.DEBUG else []


def _send(made: Answer, more: Headers, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response(f"{made.status} {HTTPStatus(made.status).phrase}", [*made.headers, *more])
    return [made.body]
