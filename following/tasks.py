"""Tasks that mail followers. Each mail goes once, however often its task runs."""

from __future__ import annotations

from collections.abc import Sequence

from background.queue import SOMEBODY_WAITS, task
from comments.models import Comment, Status
from following import mails, notices
from following.models import Follow
from outbox.sending import Topic, put_in_outbox


@task()
def ask_to_confirm_follow(pk: int) -> None:
    for follow in Follow.objects.unconfirmed().filter(pk=pk).select_related("post"):
        put_in_outbox(mails.confirm_follow(follow), Topic(mails.CONFIRM_FOLLOW, about=pk))


@task()
def tell_of_appeared(pks: Sequence[int]) -> None:
    for comment in Comment.objects.as_mailed(pks, Status.APPROVED):
        notices.tell_followers(comment)
        notices.ask_writer(comment)


@task(priority=SOMEBODY_WAITS)
def untell_of_appeared(pks: Sequence[int]) -> None:
    for comment in Comment.objects.filter(pk__in=pks).exclude(status=Status.APPROVED):
        notices.untell_followers(comment)
