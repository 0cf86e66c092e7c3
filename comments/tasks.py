"""Mails that ask guests to confirm, each once however often its task runs; and what follows from a name."""

from __future__ import annotations

from background.queue import task
from comments import mails
from comments.mails import CONFIRM_REPLY
from comments.models import Comment
from comments.verbs import deriving
from outbox.sending import Topic, put_in_outbox
from web.batches import batches


@task()
def ask_to_confirm_reply(pk: int, language: str) -> None:
    _ask_to_confirm(pk, language)


@task()
def ask_again_to_confirm_reply(pk: int, language: str, day: str) -> None:
    """Once a day, so that nobody can fill somebody else's mailbox with an old link."""
    _ask_to_confirm(pk, language, occasion=day)


def _ask_to_confirm(pk: int, language: str, *, occasion: str = "") -> None:
    topic = Topic(CONFIRM_REPLY, about=pk, occasion=occasion)
    for comment in Comment.objects.to_be_confirmed().filter(pk=pk).select_related("post", "user"):
        put_in_outbox(mails.confirm_reply(comment, language=language), topic)


@task()
def derive_words_again(user_pk: int) -> None:
    """An account has another name, or replies that it had not: rules seek that name in them."""
    for some in batches(list(Comment.objects.filter(user=user_pk).values_list("pk", flat=True))):
        for comment in Comment.objects.filter(pk__in=some):
            deriving.derive_words_again(comment=comment)
