"""The domains that a text names, spelled so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.utils.encoding import punycode

from accounts.mailboxes import domain_in_ascii
from comments.text.reading import Reading
from folding import composed, skeleton

# A domain in a text, at most its last thirty labels, with each dot that browsers accept.
DOMAIN = re.compile(r"(?<![\w-])(?:[\w-]++[.。](?=[\w-])){1,29}[^\W\d_][\w-]*+")
# What follows the host of an address is a page, not another host.
PATH = re.compile(r"(https?://[^\s/?#]*)[/?#]\S*")
PUNYCODE = "xn--"
LONGEST_DOMAIN = 253
# A character that no domain has, and all before it: no browser follows it, no database keeps NUL.
UP_TO_INVISIBLE = re.compile(r".*[^!-~]", re.DOTALL)


def named_domains(name: str, website: str, reading: Reading) -> str:
    """All domains that a reply names, linked or not, and those they look like, as `listed` does."""
    hosts = linked_domains(website, reading) | domains_in(f"{name}\n{reading.both}")
    return listed(hosts | {look_of_domain(host) for host in hosts if PUNYCODE in host})


def linked_domains(website: str, reading: Reading) -> set[str]:
    """Return the domains that a reply links to."""
    return {host_of(link) for link in (website, *reading.links)} - {""}


def listed(hosts: Iterable[str]) -> str:
    """Return domains as one text, searched for each domain and those above it (`as_listed`)."""
    return "".join(sorted(as_listed(UP_TO_INVISIBLE.sub("", host)) for host in hosts))


def as_listed(domain: str) -> str:
    """A domain as a list has it: "example.org" is in ".www.example.org ", not ".org.example "."""
    return f".{domain} "


def all_listed(domains: str) -> set[str]:
    """Return the domains of a list, each with all domains above it."""
    return {above for host in domains.split() for above in with_those_above(host[1:])}


def domains_in(text: str) -> set[str]:
    """Return the domains written in a text, linked or not, in ASCII.

    A text may name a thousand, so each costs no more work than is needed to compare it.
    """
    hosts = PATH.sub(r"\1", composed(text))
    names = {name.strip("-_").replace("。", ".") for name in DOMAIN.findall(hosts)}
    return {_in_ascii(name) for name in names if len(name) <= LONGEST_DOMAIN} - {""}


def look_of_domain(domain: str) -> str:
    """Return a domain in ASCII, each letter replaced by the one it looks like (UTS 39)."""
    return _in_ascii(skeleton(".".join(map(_in_letters, domain.split(".")))))


def _in_letters(label: str) -> str:
    if not label.startswith(PUNYCODE):
        return label
    try:
        return label.removeprefix(PUNYCODE).encode().decode("punycode")
    except UnicodeError:
        return label


def _in_ascii(domain: str) -> str:
    """Return a domain as `normal_domain` does; it must already be normalized as UTS 46 says."""
    if domain.isascii():
        return domain
    labels = domain.split(".")
    return ".".join(
        label if label.isascii() else PUNYCODE + label.encode("punycode").decode()
        for label in labels
    )


def host_of(link: str) -> str:
    """Return the domain of a web address as browsers read it; "" if it has none."""
    try:
        return normal_domain(unquote(urlsplit(link).hostname or ""))
    except ValueError:
        return ""


def normal_domain(domain: str) -> str:
    """Return a domain in lower-case ASCII, without a final dot. Raises ValueError for no domain."""
    domain = domain.strip().rstrip(".").lower()
    try:
        return domain_in_ascii(domain)
    except ValueError:  # Browsers open some domains that nobody may register.
        return punycode(domain) if domain else ""


def with_those_above(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
