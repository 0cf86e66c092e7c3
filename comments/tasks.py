"""Tasks that mail guests to confirm a reply. Each mail goes once, however often its task runs."""

from __future__ import annotations

from background.queue import task
from comments import mails
from comments.mails import CONFIRM_REPLY
from comments.models import Comment
from outbox.sending import Topic, put_in_outbox


@task()
def ask_to_confirm_reply(pk: int, language: str) -> None:
    _ask_to_confirm(pk, language)


@task()
def ask_again_to_confirm_reply(pk: int, language: str, day: str) -> None:
    """Ask at most once a day, so that nobody can fill another's mailbox with an old link."""
    _ask_to_confirm(pk, language, occasion=day)


def _ask_to_confirm(pk: int, language: str, *, occasion: str = "") -> None:
    topic = Topic(CONFIRM_REPLY, about=pk, occasion=occasion)
    for comment in Comment.objects.to_be_confirmed().filter(pk=pk).select_related("post", "user"):
        put_in_outbox(mails.confirm_reply(comment, language=language), topic)
