"""The PEP 3333 environment of a request that came by ASGI."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import unquote_to_bytes


def environ_of(scope: Any) -> dict[str, Any]:
    """Return the request's environment, without a body.

    It drops a header with an underscore, which in CGI has the same name as one with a dash.
    """
    host, port = scope["server"] or ("", "")
    client = scope["client"] or ("", "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # One letter for each byte, as in all values here (PEP 3333, "Unicode Issues").
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        # Empty if the request names no host: Django would use the machine's address instead.
        "HTTP_HOST": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:
            add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def add_header(environ: dict[str, Any], name: str, value: str) -> None:
    """Add a header; join equal names as RFC 9110 (section 5.3) and RFC 9113 (section 8.2.3) say."""
    key = name.upper().replace("-", "_")
    if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
        key = f"HTTP_{key}"
    between = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if environ.get(key) else value


def content_length(environ: dict[str, Any]) -> int:
    text = environ.get("CONTENT_LENGTH", "")
    return int(text) if text.isdecimal() else 0
