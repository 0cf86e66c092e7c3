"""Tasks that mail authors and moderators. Each mail goes once, however often its task runs."""

from __future__ import annotations

from collections.abc import Sequence

from background.queue import task
from background.schedule import every
from comments.models import Comment, Status
from moderation import digests, notices


@task()
def tell_of_appeared(pks: Sequence[int]) -> None:
    for comment in Comment.objects.as_mailed(pks, Status.APPROVED):
        notices.tell_authors(comment)


@task()
def tell_of_waiting(pk: int) -> None:
    for comment in Comment.objects.as_mailed([pk], Status.PENDING):
        notices.tell_moderators(comment)


@every(hours=1)
@task()
def send_digests() -> None:
    digests.send_due()
