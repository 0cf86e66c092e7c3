"""What moderators' rules do to a reply on its way in, and what a rule would have done of late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, HeldBecause, Rule, Status
from comments.policy import CannotReply, is_at_home
from comments.traits import Traits, has_words, traits_of

LOOKED_BACK = timedelta(days=30)
MOST_LOOKED_AT = 30_000
MOST_SHOWN = 20
BATCH = 1000


class IsKeptOut(CannotReply):
    """A rule says that this is not taken. Which one is nobody's business but the moderators'."""

    def __init__(self) -> None:
        super().__init__(_("This site does not take this reply. What you wrote is still here."))


@dataclass(frozen=True, slots=True)
class Catch:
    """What a rule would have caught: how many replies, and the newest of them.

    `is_complete` is False where there were more replies than could be looked at.
    """

    number: int
    newest: list[Comment]
    is_complete: bool


def matching(comment: Comment) -> list[Rule]:
    """The rules in force that a new reply meets, by one query; none for authors of the post and moderators."""
    traits = traits_of(comment)
    rules = [rule for rule in _candidates(traits, timezone.now()) if meets(traits, rule)]
    return [] if rules and is_at_home(comment.user, comment.post) else rules


def apply_rules(comment: Comment) -> None:
    """Hold or mute a new reply as the rules say; nothing is saved. Raises IsKeptOut."""
    effects = {rule.effect for rule in matching(comment)}
    if Rule.Effect.BAN in effects:
        raise IsKeptOut
    if effects:
        comment.held_because = HeldBecause.RULE
        is_muted = Rule.Effect.MUTE in effects
        comment.status = Status.MUTED if is_muted else Status.PENDING


def meets(traits: Traits, rule: Rule) -> bool:
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return rule.value == traits.username
        case Rule.Kind.EMAIL:
            return rule.value in traits.patterns_of_email
        case Rule.Kind.ADDRESS:
            return rule.value == traits.address_hash
        case Rule.Kind.DOMAIN:
            return rule.value in traits.domains
        case _:
            speaks = rule.language in {"", traits.language}
            return speaks and has_words(traits.text, rule.value)


def would_have_caught(rule: Rule) -> Catch:
    """What a rule, saved or not, would have caught in the last thirty days."""
    number, newest, looked_at = 0, [], 0
    for comment in _of_late(rule):
        looked_at += 1
        if meets(traits_of(comment), rule) and not is_at_home(comment.user, comment.post):
            number += 1
            newest += [comment] if len(newest) < MOST_SHOWN else []
    return Catch(number, newest, is_complete=looked_at < MOST_LOOKED_AT)


def _candidates(traits: Traits, now: datetime) -> QuerySet[Rule]:
    """Those that this reply may meet; of words, whether it does is seen in the text."""
    kind = Rule.Kind
    asked = Q(kind=kind.WORD, language__in=["", traits.language])
    asked |= Q(kind=kind.EMAIL, value__in=traits.patterns_of_email)
    asked |= Q(kind=kind.DOMAIN, value__in=traits.domains)
    if traits.username:
        asked |= Q(kind=kind.ACCOUNT, value=traits.username)
    if traits.address_hash:
        asked |= Q(kind=kind.ADDRESS, value=traits.address_hash)
    return Rule.objects.filter(asked).filter(Q(expires_at=None) | Q(expires_at__gt=now))


def _of_late(rule: Rule) -> Iterator[Comment]:
    """The newest replies first, narrowed by what an index can tell of the rule."""
    kind = Rule.Kind
    replies = Comment.objects.since(timezone.now() - LOOKED_BACK).for_queue()
    if rule.kind == kind.ACCOUNT:
        replies = replies.filter(user__username__iexact=rule.value)
    elif rule.kind == kind.ADDRESS:
        replies = replies.filter(address_hash=rule.value)
    newest = replies.order_by("-submitted_at", "-pk")[:MOST_LOOKED_AT]
    return newest.iterator(chunk_size=BATCH)
