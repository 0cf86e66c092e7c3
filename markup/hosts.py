"""Reads hosts as browsers do: the URL Standard's host parser (section 3.5), as links need it."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote

import idna

# Signs that neither the standard nor browsers allow in a host.
NEVER = re.compile('[\x00-\x20"#%/:<>?@\\[\\]\\\\^`{|}\x7f]')
NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")
PUNYCODE = "xn--"


# Cached: texts repeat hosts, and both the parser and the cleaner read each address.
@lru_cache(maxsize=1024)
def host_of_browsers(written: str) -> str | None:
    """Return the ASCII host that a browser finds in this one; None if it finds none.

    Letters become small and look-alikes of ASCII become ASCII (UTS 46, non-transitional); a number
    that browsers take for an IPv4 address must be written as one.
    """
    if written.startswith("["):
        return written if is_ipv6(written) else None
    decoded = unquote(written)
    host = decoded.lower() if decoded.isascii() else mapped(decoded)
    if not host or NEVER.search(host):
        return None
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1] or labels[-2]):  # a final full stop is part of the host
        return host if is_ipv4(host) else None
    found = [label for label in map(ascii_label, labels) if label is not None]
    return ".".join(found) if len(found) == len(labels) else None


def mapped(host: str) -> str | None:
    try:
        return idna.uts46_remap(host, std3_rules=False, transitional=False)
    except (idna.IDNAError, UnicodeError):
        return None


def ascii_label(label: str) -> str | None:
    if label.startswith(PUNYCODE):
        return label if is_punycode(label) else None
    return label if label.isascii() else PUNYCODE + label.encode("punycode").decode()


def is_punycode(label: str) -> bool:
    """Return whether a label encodes non-ASCII letters as browsers would encode them."""
    try:
        meant = label.removeprefix(PUNYCODE).encode().decode("punycode")
        return not meant.isascii() and mapped(meant) == meant
    except (UnicodeError, ValueError, OverflowError):
        return False


def is_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except AddressValueError:
        return False


def is_ipv6(host: str) -> bool:
    try:
        return bool(IPv6Address(host.removeprefix("[").removesuffix("]"))) and host.endswith("]")
    except AddressValueError:
        return False
