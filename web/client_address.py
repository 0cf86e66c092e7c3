"""The address of a request: as text, as its network, and as the keyed hash that is stored."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUSEHOLD_BITS, SITE_BITS = 64, 48
HASH_LENGTH, NETWORK_LENGTH = 32, 16
# Visitors whose address is unknown share this one, and with it one limit.
UNKNOWN = "0.0.0.0"  # noqa: S104


def client_address(request: HttpRequest) -> str:
    """The visitor's network address as text.

    With PARLEY_PROXIES = n, it is the n-th entry from the right of X-Forwarded-For, as those left
    of it can be forged; with 0 the header is ignored. If that is no address ("unknown"), the
    address of the connection is used. An IPv6 address is cut to its /64, since one household has
    that many.
    """
    address = whole_address(request)
    if isinstance(address, IPv6Address):
        return _network_of(address, HOUSEHOLD_BITS)
    return str(address or UNKNOWN)


def whole_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The same address, of IPv6 all of it; None if it is unknown, as behind a Unix socket."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    return _parsed(_forwarded(request)) or _parsed(peer)


def wider_network(address: str) -> str:
    """Return an IPv6 address's /48; "" for IPv4. Providers give a customer a /64, /56 or /48."""
    parsed = _parsed(address) if ":" in address else None
    return _network_of(parsed, SITE_BITS) if isinstance(parsed, IPv6Address) else ""


def hash_address(address: str, *, now: datetime) -> str:
    """Return a keyed hash (HMAC-SHA256, 128 bits of it, hexadecimal) of an address; "" for none.

    The key changes each week, so the hashes of one address in March and in May cannot be compared.
    The first half of an IPv6 address's hash is that of its /48, by which all of a network is found.
    """
    if not address:
        return ""
    week = (now - datetime(1970, 1, 1, tzinfo=UTC)).days // 7
    own, network = _keyed(address, week), wider_network(address)
    return _keyed(network, week)[:NETWORK_LENGTH] + own[NETWORK_LENGTH:] if network else own


def _network_of(address: IPv6Address, bits: int) -> str:
    # As a number, which drops the name of a network card ("%eth0").
    return str(IPv6Network((int(address), bits), strict=False).network_address)


def _forwarded(request: HttpRequest) -> str:
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.PARLEY_PROXIES
    return entries[-proxies].strip() if 0 < proxies <= len(entries) else ""


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(_without_port(text))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _keyed(address: str, week: int) -> str:
    digest = salted_hmac(f"comments.limits.{week}", address, algorithm="sha256").hexdigest()
    return digest[:HASH_LENGTH]
