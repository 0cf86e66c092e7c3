"""What of a reply is counted: its words and the domains it links to, as keyed hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from django.conf import settings

MOST_WORDS = 400
MOST_DOMAINS = 20
WORD = re.compile(r"[^\W\d_]{3,30}")
# An address as people paste it, and its host name. No word of it counts as a word of the text.
ADDRESS = re.compile(
    r"(?:https?://|\bwww\.)([^\s/?#:)\]>\"'\\]{1,253})[^\s)\]>\"']*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Features:
    """`words` and `domains` are hashes, a domain's by its name; `link_count` is of the text alone."""

    words: frozenset[int]
    domains: dict[str, int]
    link_count: int


def features_of(body: str, website: str) -> Features:
    """The same features for the same text and website, whenever they are asked for."""
    hosts = list(hosts_in(body))
    named = dict.fromkeys(hosts + list(hosts_in(website)))
    return Features(
        words=frozenset(hash_of(word) for word in islice(_distinct(body), MOST_WORDS)),
        domains={host: hash_of(f"//{host}") for host in islice(named, MOST_DOMAINS)},
        link_count=len(hosts),
    )


def hosts_in(text: str) -> Iterator[str]:
    """The host name of each web address in a text, without "www."."""
    for address in ADDRESS.finditer(text):
        host = unquote(address[1]).rpartition("@")[2].casefold()
        if host := host.removeprefix("www.").strip(".*_,;!"):
            yield host


def words_in(text: str) -> list[str]:
    """The words of a text in their order, small, without web addresses."""
    return WORD.findall(unicodedata.normalize("NFKC", ADDRESS.sub(" ", text)).casefold())


def hash_of(word: str) -> int:
    """64 bits that stand for a word and cannot be looked up without the site's key; never 0."""
    return _hash(word, settings.SECRET_KEY)


@lru_cache(maxsize=20_000)
def _hash(word: str, key: str) -> int:
    digest = hashlib.blake2b(word.encode(), digest_size=8, key=_short(key), person=b"comments.spam")
    return int.from_bytes(digest.digest(), "big", signed=True) or 1


@lru_cache(maxsize=1)
def _short(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def _distinct(body: str) -> dict[str, None]:
    return dict.fromkeys(words_in(body))
