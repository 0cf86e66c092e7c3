"""By what a reply can be known: who sent it, to which domains it leads, and its words."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.utils.encoding import punycode

from accounts.mailboxes import domain_in_ascii, person_behind
from blog.languages import primary
from comments.models import Comment
from folding import composed, folded, skeleton

# What Markdown takes out of a text, so that it reads otherwise than it was typed.
CAN_SPLIT_WORDS = "*_`~\\&<>[]"
# In HTML of our own making, where no attribute holds a ">".
TAG = re.compile("<[^>]*>")
LINK = re.compile(r'href="(https?://[^"]+)"', re.IGNORECASE)
# A domain that is written as text, of its labels the last thirty; with the dots that browsers take for one.
DOMAIN = re.compile(r"(?<![\w-])(?:[\w-]++[.。](?=[\w-])){1,29}[^\W\d_][\w-]*+")
# What follows the host of an address names a page of it, and no other host.
PATH = re.compile(r"(https?://[^\s/?#]*)[/?#]\S*")
PUNYCODE = "xn--"
LONGEST_DOMAIN = 253


class Written(NamedTuple):
    """Of a reply, what rules ask for; in the order of COLUMNS."""

    name: str = ""
    email: str = ""
    website: str = ""
    body: str = ""
    body_html: str = ""
    language: str = ""
    address_hash: str = ""
    username: str | None = None
    email_of_account: str | None = None


COLUMNS = (*Written._fields[:7], "user__username", "user__email")


class Traits:
    """What is known of one reply; each is worked out when a rule asks for it first."""

    def __init__(self, written: Written) -> None:
        self.written = written

    @classmethod
    def of(cls, comment: Comment) -> Traits:
        user = comment.user
        fields = [getattr(comment, name) for name in COLUMNS[:7]]
        account = [user.username, user.email] if user else [None, None]
        return cls(Written(*fields, *account))

    @property
    def address_hash(self) -> str:
        return self.written.address_hash

    @property
    def language(self) -> str:
        """Without script and region, as rules name languages."""
        return primary(self.written.language)

    @property
    def username(self) -> str:
        return (self.written.username or "").lower()

    @cached_property
    def emails(self) -> set[str]:
        given = (self.written.email, self.written.email_of_account)
        return {person_behind(email) for email in given if email}

    @cached_property
    def patterns_of_email(self) -> set[str]:
        """The addresses, and what stands for all addresses of their domains."""
        return self.emails | {f"*@{domain}" for domain in self._domains_of_email}

    @cached_property
    def domains(self) -> set[str]:
        """Of the addresses, the website and the links, each with all domains that it lies under."""
        links = [self.written.website, *links_in(self.written.body_html)]
        hosts = {host_of(link) for link in links}
        hosts |= self._domains_of_email
        return {above for host in hosts for above in _with_those_above(host)}

    @cached_property
    def domains_in_text(self) -> set[str]:
        """Those that are written without being links, each with all domains that it lies under."""
        texts = as_typed_and_read(self.written.body, self.written.body_html)
        hosts = domains_in(f"{self.written.name}\n{texts}")
        return {above for host in hosts for above in _with_those_above(host)}

    @cached_property
    def domains_they_look_like(self) -> set[str]:
        """What readers take those for that are written in letters of several alphabets."""
        written = self.domains | self.domains_in_text
        return {look_of_domain(one) for one in written if PUNYCODE in one}

    def names(self, domain: str) -> bool:
        """Whether a rule for this domain is met, told by the cheapest that tells."""
        return (
            domain in self.domains
            or domain in self.domains_in_text
            or domain in self.domains_they_look_like
        )

    @cached_property
    def _domains_of_email(self) -> set[str]:
        return {email.rpartition("@")[2] for email in self.emails}

    @property
    def values(self) -> set[str]:
        """All that a rule about a person or a domain may name."""
        of_person = {self.username, self.address_hash} - {""}
        of_text = self.domains | self.domains_in_text | self.domains_they_look_like
        return of_person | self.patterns_of_email | of_text

    @cached_property
    def text(self) -> str:
        return text_of(self.written.name, self.written.body, self.written.body_html)


def text_of(name: str, body: str, body_html: str) -> str:
    """The name and the words, folded; as they were typed, and as they read without their marks."""
    return folded(f"{name}\n{as_typed_and_read(body, body_html)}")


def as_typed_and_read(body: str, body_html: str) -> str:
    return f"{body}\n{as_read(body, body_html)}" if can_split_words(body) else body


def as_read(body: str, body_html: str) -> str:
    """The text without what Markdown and HTML take out of it, in which words can hide."""
    return unescape(TAG.sub("", body_html)) if body_html and can_split_words(body) else body


def links_in(body_html: str) -> list[str]:
    """The web addresses that a text leads to."""
    return LINK.findall(body_html)


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


def can_split_words(text: str) -> bool:
    return any(sign in text for sign in CAN_SPLIT_WORDS)


def has_words(text: str, words: str) -> bool:
    """Whether the words stand in a folded text as whole words."""
    wanted = _wanted(words)
    # Most are not in it at all, which a search without boundaries tells a hundred times faster.
    if not wanted or wanted not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


# A list of words is the same for one reply after the other.
_wanted = lru_cache(maxsize=4096)(folded)


def _with_those_above(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
