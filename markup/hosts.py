"""Hosts as browsers read them: the URL Standard's host parser (section 3.5), as far as links need it."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote

import idna

# Neither the standard nor the browsers let these into a host.
NEVER = re.compile('[\x00-\x20"#%/:<>?@\\[\\]\\\\^`{|}\x7f]')
NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")
PUNYCODE = "xn--"


# A text often leads to one host several times, and each address is read by parser and cleaner.
@lru_cache(maxsize=1024)
def host_of_browsers(written: str) -> str | None:
    """The ASCII form of the host that a browser finds in this one; None if there is none.

    Letters become small and what looks like ASCII becomes ASCII (UTS 46, non-transitional); a
    number that browsers take for an IPv4 address must be written as one.
    """
    if written.startswith("["):
        return written if is_ipv6(written) else None
    decoded = unquote(written)
    host = decoded.lower() if decoded.isascii() else mapped(decoded)
    if not host or NEVER.search(host):
        return None
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1] or labels[-2]):  # a full stop at the end is one of the host
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
    """Whether a label stands for letters, in the form that browsers would have chosen."""
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
