"""What moderators' rules do to a reply on its way in, and what a rule would have done of late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.models import Byline
from blog.prepared import Given, Prepared, places
from comments.models import Comment, HeldBecause, Rule, Status
from comments.policy import CannotReply
from comments.traits import COLUMNS, Traits, Written, has_words

LOOKED_BACK = timedelta(days=30)
MOST_LOOKED_AT = 20_000
MOST_SHOWN = 20
BATCH = 1000
VALUES_AT_ONCE = 16

_in_force = Rule.objects.order_by().filter(
    Q(expires_at=None) | Q(expires_at__gt=Given("now", DateTimeField()))
)
IN_FORCE_OF_WORDS = Prepared(_in_force.filter(kind=Rule.Kind.WORD))
IN_FORCE = Prepared(
    _in_force.filter(
        kind__in=set(Rule.Kind) - {Rule.Kind.WORD},
        value__in=places("values", CharField(), VALUES_AT_ONCE),
    )
)


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
    """The rules in force that a reply meets."""
    traits = Traits.of(comment)
    return [rule for rule in _candidates(traits) if meets(traits, rule)]


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
    caught, looked_at = [], 0
    for pk, *written in _of_late(rule).iterator(chunk_size=BATCH):
        looked_at += 1
        if meets(Traits(Written(*written)), rule):
            caught.append(pk)
    newest = Comment.objects.filter(pk__in=caught[:MOST_SHOWN]).for_queue()
    return Catch(
        number=len(caught),
        newest=list(newest.order_by("-submitted_at", "-pk")),
        is_complete=looked_at < MOST_LOOKED_AT,
    )


def _candidates(traits: Traits) -> Iterator[Rule]:
    """Those that this reply may meet; whether it does, the rule itself tells (`meets`)."""
    now = timezone.now()
    yield from IN_FORCE_OF_WORDS.all(now=now)
    values = list(traits.values)
    for start in range(0, len(values), VALUES_AT_ONCE):
        yield from IN_FORCE.all(now=now, values=values[start : start + VALUES_AT_ONCE])


def _of_late(rule: Rule) -> QuerySet[Comment, tuple[Any, ...]]:
    """The newest first, narrowed by what the database can tell; not those of people at home here."""
    narrowed = Comment.objects.since(timezone.now() - LOOKED_BACK).filter(_asked_of(rule))
    moderators = list(User.objects.with_perm("comments.moderate_comment"))
    authors = Byline.objects.filter(post=OuterRef("post"), author__user=OuterRef("user"))
    strangers = narrowed.filter(~Exists(authors)).exclude(user__in=moderators)
    newest = strangers.order_by("-submitted_at", "-pk").values_list("pk", *COLUMNS)
    return newest[:MOST_LOOKED_AT]


def _asked_of(rule: Rule) -> Q:
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return Q(user__username__iexact=rule.value)
        case Rule.Kind.EMAIL:
            ending = rule.value.removeprefix("*")
            return Q(email__endswith=ending) | Q(user__email__endswith=ending)
        case Rule.Kind.ADDRESS:
            return Q(address_hash=rule.value)
        case Rule.Kind.DOMAIN:
            places = ("email", "user__email", "website", "body_html")
            return reduce(or_, (Q(**{f"{place}__icontains": rule.value}) for place in places))
        case _:
            return Q(language=rule.language) if rule.language else Q()
