"""Whether a reply meets a rule: by its sender, the domains it names, and its words."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import Q

from accounts.mailboxes import person_behind
from blog.languages import primary, speaks
from comments.models import Comment
from comments.text.domains import all_listed, as_listed, listed
from folding import folded
from moderation.models import Rule


def meets(comment: Comment, rule: Rule) -> bool:
    """Return whether a reply meets a rule; the caller checks that the rule is in force."""
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
            is_in_language = rule.language in {"", primary(comment.language)}
            return is_in_language and has_words(comment.folded_text, rule.value)


# Databases compare without capitals by turning both texts into capitals. These two are not the
# capitals of their own small letters, so an account with one would be left out.
_HAS_ODD_CAPITAL = Q(user__username__contains="ẞ") | Q(user__username__contains="İ")


def may_meet(rule: Rule) -> Q:
    """Return a condition that every reply that meets the rule fulfils, and few others."""
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return Q(user__username__iexact=rule.value) | _HAS_ODD_CAPITAL
        case Rule.Kind.EMAIL:
            name, _at, domain = rule.value.rpartition("@")
            return _has_email("" if name == "*" else name, f"@{domain}")
        case Rule.Kind.ADDRESS:
            return Q(address_hash=rule.value)
        case Rule.Kind.DOMAIN:
            return Q(domains__contains=as_listed(rule.value)) | _has_email("", rule.value)
        case _:
            spoken = speaks(rule.language) if rule.language else Q()
            return spoken & Q(folded_text__contains=folded_words(rule.value))


def _has_email(start: str, end: str) -> Q:
    """The condition on a guest's or account's address; `person_behind` drops a part of the name."""
    of_guest = Q(email__startswith=start, email__endswith=end)
    return of_guest | Q(user__email__startswith=start, user__email__endswith=end)


def values_of(comment: Comment) -> set[str]:
    """Return all values by which a rule about a person or a domain may meet the reply."""
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
    """Return the writer's addresses, and the patterns of all addresses of their domains."""
    return emails_of(comment) | {f"*@{domain}" for domain in domains_of_emails(comment)}


def _domains_of(comment: Comment) -> str:
    """The domains that the reply names, and those of its addresses, which an account may change."""
    return comment.domains + listed(domains_of_emails(comment))


def has_words(text: str, words: str) -> bool:
    """Return whether the words are in a folded text as whole words."""
    wanted = folded_words(words)
    # Most are not in it at all: a search without boundaries finds that a hundred times faster.
    if not wanted or wanted not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


# Cached, since the list of words is the same for each reply.
folded_words = lru_cache(maxsize=4096)(folded)
