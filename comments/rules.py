"""What moderators' rules do to a reply on its way in."""

from __future__ import annotations

from django.db.models import CharField, DateTimeField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, HeldBecause, Rule, Status
from comments.policy import CannotReply, is_at_home
from comments.prepared import Given, Prepared, places
from comments.traits import Traits, has_words

VALUES_AT_ONCE = 16
# Of a text that names more domains than people do.
MANY_VALUES = 1000


def _in_force(values_at_once: int) -> Prepared[Rule]:
    """Every list of words, and of people and domains those that the values name."""
    return Prepared(
        Rule.objects.order_by()
        .filter(Q(expires_at=None) | Q(expires_at__gt=Given("now", DateTimeField())))
        .filter(
            Q(kind=Rule.Kind.WORD)
            | Q(
                kind__in=set(Rule.Kind) - {Rule.Kind.WORD},
                value__in=places("values", CharField(), values_at_once),
            )
        )
    )


IN_FORCE, IN_FORCE_OF_MANY = _in_force(VALUES_AT_ONCE), _in_force(MANY_VALUES)


class IsKeptOut(CannotReply):
    """A rule says that this is not taken. Which one is nobody's business but the moderators'."""

    def __init__(self) -> None:
        super().__init__(_("This site does not take this reply. What you wrote is still here."))


def matching(comment: Comment) -> list[Rule]:
    """The rules in force that a reply meets."""
    traits = Traits.of(comment)
    # Words count also where nothing else is known of a reply.
    values = list(traits.values) or [""]
    rules = IN_FORCE if len(values) <= 4 * VALUES_AT_ONCE else IN_FORCE_OF_MANY
    candidates = {rule.pk: rule for rule in rules.all(now=timezone.now(), values=values)}
    return [rule for rule in candidates.values() if meets(traits, rule)]


def is_kept_by_rules(comment: Comment) -> bool:
    """Whether a reply that is not to be seen yet must not appear by itself, as rules are now."""
    return not is_at_home(comment.user, comment.post) and bool(matching(comment))


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
            return traits.names(rule.value)
        case _:
            speaks = rule.language in {"", traits.language}
            return speaks and has_words(traits.text, rule.value)
