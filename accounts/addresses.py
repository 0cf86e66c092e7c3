"""Where a request came from: the one rule for rate limits and for the conversation."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD_BITS, SITE_BITS = 64, 48
# Whose address is not known share one, and with it one limit.
UNKNOWN = "0.0.0.0"  # noqa: S104


def client_address(request: HttpRequest) -> str:
    """The visitor's network address as text.

    With PARLEY_PROXIES = n, the n-th entry from the right of X-Forwarded-For is believed, as the
    ones left of it can be forged; with 0 the header counts for nothing. Where that is no address
    ("unknown"), the one that the connection came from stands for it. An IPv6 address is cut to its
    /64, since one household has that many.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    address = _parsed(_forwarded(request)) or _parsed(peer)
    if isinstance(address, IPv6Address):
        return _network_of(address, HOUSEHOLD_BITS)
    return str(address or UNKNOWN)


def wider_network(address: str) -> str:
    """The /48 that an IPv6 address lies in; "" for others. Providers give one customer a /64, /56 or /48."""
    parsed = _parsed(address) if ":" in address else None
    return _network_of(parsed, SITE_BITS) if isinstance(parsed, IPv6Address) else ""


def _network_of(address: IPv6Address, bits: int) -> str:
    # As a number, or what names a network card ("%eth0") would stay.
    return str(IPv6Network((int(address), bits), strict=False).network_address)


def _forwarded(request: HttpRequest) -> str:
    entries = request.headers.get("X-Forwarded-For", "").split(",")
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
