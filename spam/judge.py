"""The judge that runs the spam filter."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from comments.models import Comment, HeldBecause
from comments.verbs.judging import Occasion, Submission
from comments.verbs.verdicts import Action, Verdict
from spam.base import Finding, SpamCase
from spam.evidence import look_up
from spam.features import features_of
from spam.models import AkismetCheck
from spam.results import Outcome, Result, result_of, stored_result
from spam.rules import BY_ID, RULES
from spam.rules.akismet import AskedAkismet

# After the policy and the moderators' rules.
ORDER = 30
ACTIONS = {Outcome.APPEAR: Action.APPEAR, Outcome.HOLD: Action.HOLD, Outcome.SPAM: Action.SPAM}


def judge_by_filter(submission: Submission) -> Verdict:
    """Hold a reply or call it spam, by what the spam rules find; the findings are set on the reply.

    The reply is held while Akismet's answer is missing.
    """
    comment = submission.comment
    if submission.occasion is Occasion.RELEASED:
        outcome = stored_result(comment.findings).outcome
    else:
        result = _judged(submission)
        outcome = result.outcome
        comment.findings = [finding.as_json() for finding in result.findings]
    is_open = _is_asked(submission)
    action = max(ACTIONS[outcome], Action.HOLD if is_open else Action.APPEAR)
    reason = None if outcome is Outcome.APPEAR else HeldBecause.FILTER
    return Verdict(action, reason, is_open=is_open)


def _judged(submission: Submission) -> Result:
    """Judge a reply; for a changed text keep the form's findings, but not Akismet's."""
    comment = submission.comment
    features = features_of(comment)
    now = comment.edited_at or comment.submitted_at
    evidence = look_up(comment, features, visitor=submission.visitor, now=now)
    case = SpamCase(comment, now, features, evidence, submission.traces)
    findings = [found for rule in RULES if (found := rule.find(case))]
    if submission.occasion is Occasion.EDITED:
        known = {finding.rule for finding in findings}
        findings += (found for found in _from_the_form(comment) if found.rule not in known)
    return result_of(findings)


def _from_the_form(comment: Comment) -> Iterator[Finding]:
    for finding in stored_result(comment.findings).findings:
        is_known = finding.rule in BY_ID and finding.rule != AskedAkismet.id
        if is_known and not BY_ID[finding.rule].can_be_replayed:
            yield finding


def _is_asked(submission: Submission) -> bool:
    """Whether Akismet is asked: about replies that a form sent, and each new text of them."""
    if submission.occasion is Occasion.NEW:
        return bool(settings.PARLEY_AKISMET_KEY) and submission.traces is not None
    checks = AkismetCheck.objects.filter(comment=submission.comment)
    return (
        checks.filter(answer="").exists()
        if submission.occasion is Occasion.RELEASED
        else checks.exists()
    )
