"""Where the filter stands on a reply's way in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from comments.models import Comment, HeldBecause, Status
from comments.spam.base import Finding, Signals, Submission
from comments.spam.evidence import look_up
from comments.spam.features import features_of
from comments.spam.pipeline import Outcome, is_held, judge, stored_verdict, verdict_on
from comments.spam.rules import BY_ID
from comments.spam.rules.akismet import AskedAkismet


def screen(
    comment: Comment, *, signals: Signals | None = None, own_replies: Collection[int] = ()
) -> None:
    """Have the filter judge a new reply after the policy did; nothing is saved.

    What it found is kept also where the policy holds the reply already, and the policy's reason
    then stays the first. But nobody is asked to confirm what the filter holds: a moderator decides.
    """
    verdict = judge(_submission(comment, signals, own_replies))
    comment.findings = [finding.as_json() for finding in verdict.findings]
    if verdict.outcome is Outcome.APPEAR:
        return
    is_spam = verdict.outcome is Outcome.SPAM
    if comment.status != Status.MUTED:
        comment.status = Status.SPAM if is_spam else Status.PENDING
    is_to_be_confirmed = comment.held_because == HeldBecause.UNCONFIRMED
    if not comment.held_because or (is_to_be_confirmed and is_held(comment.findings)):
        comment.held_because = HeldBecause.FILTER


def screen_again(comment: Comment, *, own_replies: Collection[int]) -> HeldBecause | None:
    """Have the filter judge a reply anew whose text was changed; say whether it would hold it.

    What the form told stays; Akismet is asked once more. The findings are set, nothing is saved.
    """
    judged = judge(_submission(comment, None, own_replies)).findings
    known = {finding.rule for finding in judged}
    stays = (finding for finding in _from_the_form(comment) if finding.rule not in known)
    verdict = verdict_on([*judged, *stays])
    comment.findings = [finding.as_json() for finding in verdict.findings]
    return None if verdict.outcome is Outcome.APPEAR else HeldBecause.FILTER


def _from_the_form(comment: Comment) -> Iterator[Finding]:
    for finding in stored_verdict(comment.findings).findings:
        if finding.rule == AskedAkismet.id:
            yield AskedAkismet().asked()
        elif finding.rule in BY_ID and not BY_ID[finding.rule].can_be_replayed:
            yield finding


def _submission(
    comment: Comment, signals: Signals | None, own_replies: Collection[int]
) -> Submission:
    now, features = comment.edited_at or comment.submitted_at, features_of(comment)
    evidence = look_up(comment, features, own_replies=own_replies, now=now)
    return Submission(comment, now, features, evidence, signals)
