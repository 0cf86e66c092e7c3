"""By what a reply can be known: who sent it, to which domains it leads, and its words."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from accounts.mailboxes import person_behind
from blog.languages import primary
from comments.models import Comment
from comments.text.domains import (
    PUNYCODE,
    domains_in,
    host_of,
    look_of_domain,
    with_those_above,
)
from comments.text.reading import as_typed_and_read, links_in, text_of
from folding import folded
from moderation.models import Rule


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
        return {above for host in hosts for above in with_those_above(host)}

    @cached_property
    def domains_in_text(self) -> set[str]:
        """Those that are written without being links, each with all domains that it lies under."""
        texts = as_typed_and_read(self.written.body, self.written.body_html)
        hosts = domains_in(f"{self.written.name}\n{texts}")
        return {above for host in hosts for above in with_those_above(host)}

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


def has_words(text: str, words: str) -> bool:
    """Whether the words stand in a folded text as whole words."""
    wanted = _wanted(words)
    # Most are not in it at all, which a search without boundaries tells a hundred times faster.
    if not wanted or wanted not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


# A list of words is the same for one reply after the other.
_wanted = lru_cache(maxsize=4096)(folded)


def meets(traits: Traits, rule: Rule) -> bool:
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return rule.value == traits.username
        case Rule.Kind.EMAIL:
            return rule.value in traits.patterns_of_email
        case Rule.Kind.ADDRESS:
            return rule.value == traits.address_hash
        case Rule.Kind.DOMAIN:
            return traits.names(rule.value)
        case _:
            speaks = rule.language in {"", traits.language}
            return speaks and has_words(traits.text, rule.value)
