"""What the filter does in the background after decisions: it learns, and corrects Akismet."""

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
    """Have the filter learn from decisions that were just made, however many, without delaying them."""
    for ids in batches([comment.pk for comment in comments], AT_ONCE):
        learn.enqueue(ids)


@task()
def learn(ids: list[int]) -> None:
    """Learns what is decided by then, so it does no harm if of two tasks the later runs first."""
    taught = [reply.pk for reply in learning.learn_from(ids)]
    for check in AkismetCheck.objects.filter(comment__in=taught).exclude(answer=""):
        correct_akismet.enqueue(check.pk)


@task()
def correct_akismet(comment_id: int) -> None:
    """Tells Akismet once if a moderator decided otherwise than it had said."""
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
