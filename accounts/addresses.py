"""Where a request came from: the one rule for rate limits and for the conversation."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD_BITS = 64


def client_address(request: HttpRequest) -> str:
    """The visitor's network address as text, or "" when nothing usable is known.

    With PARLEY_PROXIES = n, the n-th entry from the right of X-Forwarded-For is believed, as the
    ones left of it can be forged; with 0 the header counts for nothing. An IPv6 address is cut to
    its /64, since one household has that many.
    """
    address = _parsed(_claimed(request))
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, HOUSEHOLD_BITS), strict=False).network_address)
    return str(address or "")


def _claimed(request: HttpRequest) -> str:
    proxies = settings.PARLEY_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and any(forwarded) and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


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
