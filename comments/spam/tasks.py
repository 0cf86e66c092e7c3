"""What the filter does in the background after decisions: it learns, and corrects Akismet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from background.queue import GiveUp, task
from comments.batches import batches
from comments.models import Comment
from comments.spam import akismet, learning
from comments.spam.rules.akismet import HAM, SPAM, AskedAkismet

AT_ONCE = 200


def learn_later(comments: Iterable[Comment]) -> None:
    """Have the filter learn from decisions that were just made, however many, without delaying them."""
    for ids in batches([comment.pk for comment in comments], AT_ONCE):
        learn.enqueue(ids)


@task()
def learn(ids: list[int]) -> None:
    """Learns what is decided by then, so it does no harm if of two tasks the later runs first."""
    for reply in learning.learn_from(ids):
        if _answer(reply):
            correct_akismet.enqueue(reply.pk)


@task()
def correct_akismet(comment_id: int) -> None:
    """Tells Akismet once if a moderator decided otherwise than it had said."""
    reply = Comment.objects.select_related("post").filter(pk=comment_id).first()
    answer = _answer(reply) if reply else None
    if reply is None or answer is None or not _contradicts(reply.learned_as, answer):
        return
    try:
        akismet.correct(reply, lesson=reply.learned_as)
    except akismet.Refused as refusal:
        raise GiveUp(str(refusal)) from refusal
    answer["told"] = reply.learned_as
    Comment.objects.filter(pk=reply.pk).update(findings=reply.findings)


def _answer(reply: Comment) -> dict[str, Any] | None:
    """The facts of Akismet's answer about a reply, if it gave one."""
    facts = (found["facts"] for found in reply.findings if found["rule"] == AskedAkismet.id)
    return next((one for one in facts if "answer" in one), None)


def _contradicts(lesson: str, answer: dict[str, Any]) -> bool:
    said = HAM if answer["answer"] == HAM else SPAM
    return lesson not in {"", said, answer.get("told")}
