"""The mails that ask guests to confirm. Each goes once, however often its task runs."""

from __future__ import annotations

from background.queue import task
from comments import mails
from comments.models import Comment
from outbox.sending import put_in_outbox


@task()
def ask_to_confirm_reply(pk: int, language: str) -> None:
    _ask_to_confirm(pk, language, key=f"reply-{pk}-confirm")


@task()
def ask_again_to_confirm_reply(pk: int, language: str, day: str) -> None:
    """Once a day, so that nobody can fill somebody else's mailbox with an old link."""
    _ask_to_confirm(pk, language, key=f"reply-{pk}-confirm-{day}")


def _ask_to_confirm(pk: int, language: str, *, key: str) -> None:
    for comment in Comment.objects.to_be_confirmed().filter(pk=pk).select_related("post", "user"):
        put_in_outbox(mails.confirm_reply(comment, language=language), key=key)
