"""The judge that applies the moderators' rules to new replies."""

from __future__ import annotations

from django.db.models import CharField, DateTimeField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.exceptions import CannotReply
from comments.models import Comment, HeldBecause
from comments.verbs.judging import Submission
from comments.verbs.verdicts import Action, Verdict
from moderation.models import Rule
from moderation.rules.matching import meets, values_of
from web.prepared import Given, Prepared, places

VALUES_AT_ONCE = 16
# Among the judges.
ORDER = 20
# For a text that names more domains than people do.
MANY_VALUES = 1000


def _in_force(values_at_once: int) -> Prepared[Rule]:
    """Return the query for all word rules, and for the other rules that the values name."""
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
    """A rule bans this reply. Only moderators learn which rule."""

    def __init__(self) -> None:
        super().__init__(_("This site does not take this reply. What you wrote is still here."))


def matching(comment: Comment) -> list[Rule]:
    """Return the rules in force that a reply meets."""
    # Word rules apply even if there are no other values.
    values = list(values_of(comment)) or [""]
    rules = IN_FORCE if len(values) <= 4 * VALUES_AT_ONCE else IN_FORCE_OF_MANY
    candidates = {rule.pk: rule for rule in rules.all(now=timezone.now(), values=values)}
    return [rule for rule in candidates.values() if meets(comment, rule)]


def judge_by_rules(submission: Submission) -> Verdict:
    """Refuse, mute or hold a reply that meets a rule; the strictest rule counts."""
    effects = {rule.effect for rule in matching(submission.comment)}
    if Rule.Effect.BAN in effects:
        return Verdict(Action.REFUSE, HeldBecause.RULE, refusal=IsKeptOut())
    if Rule.Effect.MUTE in effects:
        return Verdict(Action.MUTE)
    return Verdict(Action.HOLD, HeldBecause.RULE) if effects else Verdict()
