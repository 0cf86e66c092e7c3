"""Which requests may be answered from memory, and by which key.

The key holds everything that may change a kept page: scheme, host, path, the query parameters that
the page knows, and the interface's language. A page is made for its key and for nothing else of the
request (`environ_for`), so no other header can get into what others are given.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import parse_cookie
from django.urls import Resolver404, resolve

from comments import cookies
from site_settings.languages import language_for
from web.secure import is_https

# Cookies that make a page somebody's own. Cookies of others (statistics of a proxy) change nothing,
# and neither does Django's CSRF cookie, since the pages hold no token.
PERSONAL = (
    "messages",
    cookies.OWN_REPLIES,
    cookies.REPLIER,
    cookies.BROWSER,
    cookies.READ_UNTIL,
)
# Characters of a path, and of a query: no page of ours has or links to a longer one, and Django
# refuses a query with 1,000 parameters. Characters of a header: browsers send fewer, and Django reads
# no more languages. What strangers send is remembered by number, so that each must be short.
LONGEST, LONGEST_HEADER = 1999, 500
HEADERS = ("HTTP_HOST", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE")


class Key(NamedTuple):
    is_https: bool
    host: str
    path: str  # as PATH_INFO has it: a letter for each byte (PEP 3333)
    query: str
    language: str


class Passed(Exception):
    """The request goes past the cache; its text says why, for developers."""


def key_of(environ: Mapping[str, Any]) -> Key:
    """Return the key of a request. Raises Passed."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        raise Passed("method")
    if of := owner(environ.get("HTTP_COOKIE", "")):
        raise Passed(of)
    host = environ.get("HTTP_HOST", "")
    if not host or environ.get("CONTENT_LENGTH", "") not in {"", "0"}:
        raise Passed("host or body")
    if environ.get("SCRIPT_NAME"):
        raise Passed("below another address")
    if "HTTP_IF_MATCH" in environ or "HTTP_IF_UNMODIFIED_SINCE" in environ:
        raise Passed("condition")
    if any(len(environ.get(name, "")) > LONGEST_HEADER for name in HEADERS):
        raise Passed("long header")
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    known = known_parameters(path)
    language = language_for(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    secure = is_https(environ)
    return Key(secure, host, path, known_query(query, known), language)


@lru_cache(maxsize=1)
def _personal_cookies() -> re.Pattern[str]:
    names = {*PERSONAL, settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    return re.compile(rf"(?:^|[;,\s])(?:{'|'.join(map(re.escape, sorted(names)))})\s*=")


def is_personal(sent: str) -> bool:
    """Return whether a Cookie header has one of the cookies that make a page somebody's own."""
    return bool(sent) and bool(_personal_cookies().search(sent))


def owner(sent: str) -> str:
    """Return what makes pages somebody's own in a Cookie header: "session", "cookie" or ""."""
    if not is_personal(sent):
        return ""
    return "session" if settings.SESSION_COOKIE_NAME in parse_cookie(sent) else "cookie"


def known_parameters(path: str) -> frozenset[str]:
    """Return the query parameters that the page at a path knows (`web.shown`). Raises Passed."""
    if len(path) > LONGEST:
        raise Passed("long path")
    return _known_parameters(path)


@lru_cache(maxsize=10_000)
def _known_parameters(path: str) -> frozenset[str]:
    try:
        view = resolve(path.encode("latin-1").decode()).func
    except (Resolver404, UnicodeError) as error:
        raise Passed("no page") from error
    known: frozenset[str] | None = getattr(view, "known_parameters", None)
    if known is None:
        raise Passed("not the same for all")
    return known


def known_query(query: str, known: frozenset[str]) -> str:
    """Return the known parameters of a query string, encoded in one way, in the order given.

    Raises Passed for a query that is long, or that the site refuses whatever the page knows.
    """
    if len(query) > LONGEST:
        raise Passed("long query")
    if "%00" in query:
        raise Passed("null byte")
    if not known:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8")
    return urlencode([(name, value) for name, value in pairs if name in known])


def environ_for(key: Key) -> dict[str, Any]:
    """Return the environment (PEP 3333) of a request for the page of a key, and of nothing else."""
    proxied, told = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    header = {proxied: told if key.is_https else "http"} if proxied else {}
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443" if key.is_https else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": key.host,
        "HTTP_ACCEPT_LANGUAGE": key.language,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if key.is_https else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **header,
    }
