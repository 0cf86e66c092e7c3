"""The domains that a text names, in the spelling in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.utils.encoding import punycode

from accounts.mailboxes import domain_in_ascii
from comments.text.reading import Reading
from folding import composed, skeleton

# A domain that is written as text, of its labels the last thirty; with the dots that browsers take for one.
DOMAIN = re.compile(r"(?<![\w-])(?:[\w-]++[.。](?=[\w-])){1,29}[^\W\d_][\w-]*+")
# What follows the host of an address names a page of it, and no other host.
PATH = re.compile(r"(https?://[^\s/?#]*)[/?#]\S*")
PUNYCODE = "xn--"
LONGEST_DOMAIN = 253
# What no domain holds, with what stands before it: browsers follow no such link, and no database keeps NUL.
UP_TO_INVISIBLE = re.compile(r".*[^!-~]", re.DOTALL)


def named_domains(name: str, website: str, reading: Reading) -> str:
    """All that a reply names, as links or not, and what readers take them for, as `listed` writes them."""
    hosts = linked_domains(website, reading) | domains_in(f"{name}\n{reading.both}")
    return listed(hosts | {look_of_domain(host) for host in hosts if PUNYCODE in host})


def linked_domains(website: str, reading: Reading) -> set[str]:
    """Those that a reply leads to."""
    return {host_of(link) for link in (website, *reading.links)} - {""}


def listed(hosts: Iterable[str]) -> str:
    """Domains as one text, in which each is found with all that it lies under (`as_listed`)."""
    return "".join(sorted(as_listed(UP_TO_INVISIBLE.sub("", host)) for host in hosts))


def as_listed(domain: str) -> str:
    """How a domain ends in a list: "example.org" is found in ".www.example.org ", not in ".org.example "."""
    return f".{domain} "


def all_listed(domains: str) -> set[str]:
    """Those of a list, each with all domains that it lies under."""
    return {above for host in domains.split() for above in with_those_above(host[1:])}


def domains_in(text: str) -> set[str]:
    """The domains that are written in a text, as links or not, as computers write them.

    There may be a thousand: none is looked at more closely than it takes to compare it.
    """
    hosts = PATH.sub(r"\1", composed(text))
    names = {name.strip("-_").replace("。", ".") for name in DOMAIN.findall(hosts)}
    return {_in_ascii(name) for name in names if len(name) <= LONGEST_DOMAIN} - {""}


def look_of_domain(domain: str) -> str:
    """A domain in ASCII, each letter as the one it looks like (UTS 39)."""
    return _in_ascii(skeleton(".".join(map(_in_letters, domain.split(".")))))


def _in_letters(label: str) -> str:
    if not label.startswith(PUNYCODE):
        return label
    try:
        return label.removeprefix(PUNYCODE).encode().decode("punycode")
    except UnicodeError:
        return label


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
