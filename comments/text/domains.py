"""The domains that a text names, in the spelling in which they are compared."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from django.utils.encoding import punycode

from accounts.mailboxes import domain_in_ascii
from folding import composed, skeleton

# A domain that is written as text, of its labels the last thirty; with the dots that browsers take for one.
DOMAIN = re.compile(r"(?<![\w-])(?:[\w-]++[.。](?=[\w-])){1,29}[^\W\d_][\w-]*+")
# What follows the host of an address names a page of it, and no other host.
PATH = re.compile(r"(https?://[^\s/?#]*)[/?#]\S*")
PUNYCODE = "xn--"
LONGEST_DOMAIN = 253


def domains_in(text: str) -> set[str]:
    """The domains that are written in a text, as links or not, as computers write them.

    There may be a thousand: none is looked at more closely than it takes to compare it.
    """
    hosts = PATH.sub(r"\1", composed(text))
    names = {name.strip("-_").replace("。", ".") for name in DOMAIN.findall(hosts)}
    return {_in_ascii(name) for name in names if len(name) <= LONGEST_DOMAIN} - {""}


def look_of_domain(domain: str) -> str:
    """A domain in ASCII, each letter as the one it looks like (UTS 39)."""
    try:
        return _in_ascii(skeleton(".".join(map(_in_letters, domain.split(".")))))
    except UnicodeError:
        return domain


def _in_letters(label: str) -> str:
    is_coded = label.startswith(PUNYCODE)
    return label.removeprefix(PUNYCODE).encode().decode("punycode") if is_coded else label


def _in_ascii(domain: str) -> str:
    """As `normal_domain` writes it, of what is in the form that UTS 46 gives letters already."""
    if domain.isascii():
        return domain
    labels = domain.split(".")
    return ".".join(
        label if label.isascii() else PUNYCODE + label.encode("punycode").decode()
        for label in labels
    )


def host_of(link: str) -> str:
    """The domain of a web address as browsers read it; "" if it has none."""
    try:
        return normal_domain(unquote(urlsplit(link).hostname or ""))
    except ValueError:
        return ""


def normal_domain(domain: str) -> str:
    """In small letters and ASCII, without a dot at the end. Raises ValueError for what cannot be one."""
    domain = domain.strip().rstrip(".").lower()
    try:
        return domain_in_ascii(domain)
    except ValueError:  # Browsers find some that nobody may register.
        return punycode(domain) if domain else ""


def with_those_above(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
