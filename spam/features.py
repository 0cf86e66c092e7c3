"""The features of a reply that are counted: its words and linked domains, as keyed hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from django.conf import settings

from comments.models import Comment
from comments.text.words import ADDRESS, words_in
from folding import IGNORABLE, composed

MOST_WORDS = 400
MOST_DOMAINS = 20


@dataclass(frozen=True, slots=True)
class Features:
    """`words` and `domains` are hashes, a domain's by its name; `link_count` is of the text alone.

    `spoken` are the words themselves, in order, as readers see the text.
    """

    spoken: Sequence[str]
    words: frozenset[int]
    domains: dict[str, int]
    link_count: int


def features_of(comment: Comment) -> Features:
    """Return a reply's features, always the same for the same text and website."""
    reading = comment.reading
    typed, links = list(hosts_in(reading.typed)), list(hosts_in(" ".join(reading.links)))
    named = dict.fromkeys([*typed, *links, *hosts_in(comment.website)])
    spoken = words_in(reading.text)
    return Features(
        spoken=spoken,
        words=frozenset(hash_of(word) for word in islice(dict.fromkeys(spoken), MOST_WORDS)),
        domains={host: hash_of(f"//{host}") for host in islice(named, MOST_DOMAINS)},
        # Either may miss some: an address written in HTML entities, or one that is no link.
        link_count=max(len(typed), len(links)),
    )


def hosts_in(text: str) -> Iterator[str]:
    """Yield the host name of each web address in a text, without "www."."""
    for address in ADDRESS.finditer(IGNORABLE.sub("", text)):
        host = composed(unquote(address[1])).rpartition("@")[2]
        if host := host.removeprefix("www.").strip(".*_,;!"):
            yield host


def hash_of(word: str) -> int:
    """Return 64 bits for a word, which nobody can look up without the site's key; never 0."""
    return _hash(word, settings.SECRET_KEY)


@lru_cache(maxsize=20_000)
def _hash(word: str, key: str) -> int:
    digest = hashlib.blake2b(word.encode(), digest_size=8, key=_short(key), person=b"spam")
    return int.from_bytes(digest.digest(), "big", signed=True) or 1


@lru_cache(maxsize=1)
def _short(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
