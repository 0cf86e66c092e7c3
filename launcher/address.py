"""The address at which the site listens, and whether it answers there."""

from __future__ import annotations

import errno
import http.client
import os
import socket
from typing import NamedTuple

from launcher.speaking import fail

WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - shown as an address that one can open
SECONDS_TO_ANSWER = 30


class Address(NamedTuple):
    """The address at which the site listens: host as given, its IP address, and port."""

    host: str
    ip: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{bracketed(WILDCARDS.get(self.ip, self.host), self.port)}/"


def address_to_listen_on() -> Address:
    """Read HOST and PORT, and refuse an address on which this machine cannot listen now."""
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    port = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= port <= 65535:
        fail(f"PORT must be a whole number from 1 to 65535, not “{text}”.")
    try:
        return Address(host, ip_to_listen_on(host, port), port)
    except (OSError, UnicodeError) as error:
        fail(why_not_there(host, port, error))


def ip_to_listen_on(host: str, port: int) -> str:
    with socket_at(host, port) as probe:
        return str(probe.getsockname()[0])


def listening_socket(address: Address) -> socket.socket:
    """Return a socket that listens, or end with the reason why it cannot.

    Of two simultaneous starts one gets it; who connects before the site answers waits.
    """
    try:
        listener = socket_at(address.host, address.port)
        listener.listen()
    except OSError as error:
        fail(why_not_there(address.host, address.port, error))
    return listener


def socket_at(host: str, port: int) -> socket.socket:
    """Return a socket with this address. Raises OSError or UnicodeError."""
    family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(place)
    except OSError:
        found.close()
        raise
    return found


def why_not_there(host: str, port: int, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken: stop what uses it, or choose another with PORT."
    if number == errno.EACCES:
        return f"Port {port} needs rights you do not have: choose one above 1023 with PORT."
    return f"HOST “{host}” is not an address of this machine."


def bracketed(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def answers(address: Address) -> bool:
    """Return whether the address answers anything: a redirect or a refusal is an answer too."""
    ip = WILDCARDS.get(address.ip, address.ip)
    connection = http.client.HTTPConnection(ip, address.port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
