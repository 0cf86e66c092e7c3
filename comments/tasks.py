"""What the conversation leaves to the background. Each mail goes once, however often its task runs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from background.queue import SOMEBODY_WAITS, task
from background.schedule import every
from comments import digests, mails, notices
from comments.models import Comment, Follow, Status
from outbox.sending import put_in_outbox


@task()
def ask_to_confirm_reply(pk: int, language: str) -> None:
    _ask_to_confirm(pk, language, key=f"reply-{pk}-confirm")


@task()
def ask_again_to_confirm_reply(pk: int, language: str, day: str) -> None:
    """Once a day, so that nobody can fill somebody else's mailbox with an old link."""
    _ask_to_confirm(pk, language, key=f"reply-{pk}-confirm-{day}")


@task()
def ask_to_confirm_follow(pk: int) -> None:
    for follow in Follow.objects.unconfirmed().filter(pk=pk).select_related("post"):
        put_in_outbox(mails.confirm_follow(follow), key=f"follow-{pk}-confirm")


@task()
def tell_of_appeared(pks: Sequence[int]) -> None:
    for comment in _replies(pks, Status.APPROVED):
        notices.tell_followers(comment)
        notices.tell_authors(comment)
        notices.ask_writer(comment)


@task(priority=SOMEBODY_WAITS)
def untell_of_appeared(pks: Sequence[int]) -> None:
    for comment in Comment.objects.filter(pk__in=pks).exclude(status=Status.APPROVED):
        notices.untell_followers(comment)


@task()
def tell_of_waiting(pk: int) -> None:
    for comment in _replies([pk], Status.PENDING):
        notices.tell_moderators(comment)


@every(hours=1)
@task()
def send_digests() -> None:
    digests.send_due()


def _ask_to_confirm(pk: int, language: str, *, key: str) -> None:
    for comment in Comment.objects.to_be_confirmed().filter(pk=pk).select_related("post", "user"):
        put_in_outbox(mails.confirm_reply(comment, language=language), key=key)


def _replies(pks: Sequence[int], status: Status) -> QuerySet[Comment]:
    """Those that still are what they were when the task was asked for."""
    return Comment.objects.filter(pk__in=pks, status=status).select_related(
        "post", "parent", "user"
    )
