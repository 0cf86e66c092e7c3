"""Tasks of the filter after decisions: it learns, and corrects Akismet."""

from __future__ import annotations

from collections.abc import Iterable

from background.queue import GiveUp, task
from comments.models import Comment
from spam import akismet, learning
from spam.models import AkismetCheck
from spam.rules.akismet import HAM, SPAM
from web.batches import batches

AT_ONCE = 200


def learn_later(comments: Iterable[Comment]) -> None:
    """Learn from decisions in the background, in slices, so that the decisions are not delayed."""
    for ids in batches([comment.pk for comment in comments], AT_ONCE):
        learn.enqueue(ids)


@task()
def learn(ids: list[int]) -> None:
    """Learn from the decisions as they are now, so the order of two tasks does not matter."""
    taught = [reply.pk for reply in learning.learn_from(ids)]
    for check in AkismetCheck.objects.filter(comment__in=taught).exclude(answer=""):
        correct_akismet.enqueue(check.pk)


@task()
def correct_akismet(comment_id: int) -> None:
    """Tell Akismet once if a moderator decided otherwise than it answered."""
    checks = AkismetCheck.objects.exclude(answer="").select_related("comment__post")
    check = checks.filter(pk=comment_id).first()
    if check is None or not _is_contradicted(check):
        return
    lesson = check.comment.learned_as
    try:
        akismet.correct(check.comment, lesson=lesson)
    except akismet.Refused as refusal:
        raise GiveUp(str(refusal)) from refusal
    AkismetCheck.objects.filter(pk=check.pk).update(told=lesson)


def _is_contradicted(check: AkismetCheck) -> bool:
    said = HAM if check.answer == HAM else SPAM
    return check.comment.learned_as not in {"", said, check.told}
