"""By what a reply can be known: who sent it, to which domains it leads, and its words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.encoding import punycode

from blog.metadata import plain_text
from comments.models import Comment

LINK = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Traits:
    """`domains` holds each domain with all those it lies under; `text` is folded."""

    username: str
    emails: frozenset[str]
    domains: frozenset[str]
    address_hash: str
    text: str
    language: str

    @property
    def patterns_of_email(self) -> set[str]:
        """The addresses, and what stands for all addresses of their domains."""
        return {*self.emails, *("*@" + email.rpartition("@")[2] for email in self.emails)}


def traits_of(comment: Comment) -> Traits:
    user = comment.user
    emails = {email for email in (comment.email, user.email if user else "") if email}
    hosts = {email.rpartition("@")[2] for email in emails}
    hosts |= {host_of(link) for link in (comment.website, *LINK.findall(comment.body_html))}
    words = f"{comment.name}\n{comment.body}\n{plain_text(comment.body_html)}"
    return Traits(
        username=user.get_username().lower() if user else "",
        emails=frozenset(email.lower() for email in emails),
        domains=frozenset(above for host in hosts for above in _with_those_above(host)),
        address_hash=comment.address_hash,
        text=folded(words),
        language=comment.language,
    )


def host_of(link: str) -> str:
    """The domain of a web address as computers write it; "" if it has none."""
    try:
        return normal_domain(urlsplit(link).hostname or "")
    except ValueError:
        return ""


def normal_domain(domain: str) -> str:
    """In small letters and ASCII, without a dot at the end. Raises ValueError for what cannot be one."""
    return punycode(domain.strip().rstrip(".").lower()) if domain else ""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Without capitals, accents and double spaces."""
    bare = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(bare).casefold().split())


def has_words(text: str, words: str) -> bool:
    """Whether the words stand in a folded text as whole words."""
    wanted = folded(words)
    # Most are not in it at all, which a search without boundaries tells a hundred times faster.
    if not wanted or wanted not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


def _with_those_above(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
