"""What moderators' rules do to a reply on its way in."""

from __future__ import annotations

from django.db.models import CharField, DateTimeField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, HeldBecause, Rule, Status
from comments.policy import CannotReply
from comments.prepared import Given, Prepared, places
from comments.traits import Traits, has_words

VALUES_AT_ONCE = 16

# Every list of words, and of people and domains those that the values name.
IN_FORCE = Prepared(
    Rule.objects.order_by()
    .filter(Q(expires_at=None) | Q(expires_at__gt=Given("now", DateTimeField())))
    .filter(
        Q(kind=Rule.Kind.WORD)
        | Q(
            kind__in=set(Rule.Kind) - {Rule.Kind.WORD},
            value__in=places("values", CharField(), VALUES_AT_ONCE),
        )
    )
)


class IsKeptOut(CannotReply):
    """A rule says that this is not taken. Which one is nobody's business but the moderators'."""

    def __init__(self) -> None:
        super().__init__(_("This site does not take this reply. What you wrote is still here."))


def matching(comment: Comment) -> list[Rule]:
    """The rules in force that a reply meets."""
    traits = Traits.of(comment)
    # Words count also where nothing else is known of a reply.
    candidates = IN_FORCE.all(now=timezone.now(), values=list(traits.values) or [""])
    return [rule for rule in candidates if meets(traits, rule)]


def apply_rules(comment: Comment) -> None:
    """Hold or mute a new reply as the rules say; nothing is saved. Raises IsKeptOut."""
    effects = {rule.effect for rule in matching(comment)}
    if Rule.Effect.BAN in effects:
        raise IsKeptOut
    if Rule.Effect.MUTE in effects:
        comment.status = Status.MUTED
    elif effects:
        comment.status, comment.held_because = Status.PENDING, HeldBecause.RULE


def meets(traits: Traits, rule: Rule) -> bool:
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return rule.value == traits.username
        case Rule.Kind.EMAIL:
            return rule.value in traits.patterns_of_email
        case Rule.Kind.ADDRESS:
            return rule.value == traits.address_hash
        case Rule.Kind.DOMAIN:
            return rule.value in traits.domains | traits.domains_in_text
        case _:
            speaks = rule.language in {"", traits.language}
            return speaks and has_words(traits.text, rule.value)
