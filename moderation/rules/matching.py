"""By what a reply can be known: who sent it, which domains it names, and its words; and what meets a rule."""

from __future__ import annotations

import re
from functools import lru_cache

from accounts.mailboxes import person_behind
from blog.languages import primary
from comments.models import Comment
from comments.text.domains import all_listed, as_listed, listed
from folding import folded
from moderation.models import Rule


def meets(comment: Comment, rule: Rule) -> bool:
    """Whether a rule is about this reply; whether it is in force is asked before."""
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return rule.value == username_of(comment)
        case Rule.Kind.EMAIL:
            return rule.value in _patterns_of(comment)
        case Rule.Kind.ADDRESS:
            return rule.value == comment.address_hash
        case Rule.Kind.DOMAIN:
            return as_listed(rule.value) in _domains_of(comment)
        case _:
            speaks = rule.language in {"", primary(comment.language)}
            return speaks and has_words(comment.folded_text, rule.value)


def values_of(comment: Comment) -> set[str]:
    """All that a rule about a person or a domain may name."""
    of_person = {username_of(comment), comment.address_hash} - {""}
    return of_person | _patterns_of(comment) | all_listed(_domains_of(comment))


def username_of(comment: Comment) -> str:
    return comment.user.username.lower() if comment.user else ""


def emails_of(comment: Comment) -> set[str]:
    given = (comment.email, comment.user.email if comment.user else "")
    return {person_behind(email) for email in given if email}


def domains_of_emails(comment: Comment) -> set[str]:
    return {email.rpartition("@")[2] for email in emails_of(comment)}


def _patterns_of(comment: Comment) -> set[str]:
    """The addresses, and what stands for all addresses of their domains."""
    return emails_of(comment) | {f"*@{domain}" for domain in domains_of_emails(comment)}


def _domains_of(comment: Comment) -> str:
    """Those that the reply names, and those of the addresses, which an account may change."""
    return comment.domains + listed(domains_of_emails(comment))


def has_words(text: str, words: str) -> bool:
    """Whether the words stand in a folded text as whole words."""
    wanted = folded_words(words)
    # Most are not in it at all, which a search without boundaries tells a hundred times faster.
    if not wanted or wanted not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


# A list of words is the same for one reply after the other.
folded_words = lru_cache(maxsize=4096)(folded)
