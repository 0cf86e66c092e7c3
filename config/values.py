"""Checks and conversions of values from environment variables."""

import re
from email.errors import ObsoleteHeaderDefect
from email.policy import default as policy
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.utils.encoding import punycode

DEFAULT_PORTS = {"http": 80, "https": 443}
# A leading dot includes all names below; "*" is every name.
HOST_NAME = re.compile(r"\*|\.?[\w-]+(?:\.[\w-]+)*\.?")


def is_host(text: str) -> bool:
    """Return whether the text is a host name or an IP address, without scheme, port and path."""
    try:
        ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return HOST_NAME.fullmatch(text) is not None
    return True


def network(text: str) -> IPv4Network | IPv6Network | None:
    """Return a network such as 10.0.0.0/8, or an address as one; None if the text is neither."""
    try:
        return ip_network(text)
    except ValueError:  # of a network's address with bits of a host too
        return None


def host_header(name: str) -> str:
    """Return the host as requests name it: an IPv6 address in brackets (RFC 3986, 3.2.2)."""
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def origin(url: str) -> str:
    """Return a URL's origin as browsers send it (RFC 6454, 6.2): scheme, host, unusual port."""
    parts = urlsplit(url)
    host = host_header(punycode(parts.hostname or ""))
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def is_mailbox(text: str) -> bool:
    """Return whether the text is one e-mail address, with or without a name, that can send mail."""
    try:
        header = policy.header_factory("From", text)
    except (ValueError, IndexError):  # Python 3.11 fails on "name@"
        return False
    # A dot in a name, as in "Dr. Jan", is obsolete and harmless.
    is_sound = all(isinstance(defect, ObsoleteHeaderDefect) for defect in header.defects)
    domains = [address.domain for address in header.addresses]
    return is_sound and text.isprintable() and len(domains) == 1 and domains != [""]
