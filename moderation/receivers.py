"""Receivers for moderation: the log, the reports, the mails."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from blog.models import Post
from comments.models import Comment, conversation_of
from comments.signals import (
    replies_emptied,
    reply_edited,
    reply_held,
    reply_posted,
    reply_status_changed,
    thread_deleting,
)
from comments.verbs.status import TOLD_AT_ONCE, StatusChange
from moderation import notices, tasks
from moderation.mails import ABOUT_REPLY
from moderation.models import Decision, Report, Ticket
from moderation.reporting import close_reports
from outbox.sending import take_back
from site_settings.choices import ReplyMails
from web.batches import batches


@receiver(reply_status_changed)
def log_decision(change: StatusChange, **kwargs: Any) -> None:
    """Log one line for each reply. A moderator's decision closes reports, an undo does not."""
    press = change.press
    lines = Decision.objects.bulk_create(
        Decision(
            comment=comment,
            was=was,
            decision=change.status,
            by=change.by,
            at=change.at,
            version=comment.version,
            note=press.note if press else "",
            batch=press.batch if press else None,
        )
        for comment, was in zip(change.comments, change.was, strict=True)
    )
    if press and not press.batch.undoes_id:
        close_reports(lines=lines)


@receiver(reply_edited)
def log_unread_text(comment: Comment, **kwargs: Any) -> None:
    """Log that a text changed, for moderators who have read the former one."""
    if not comment.is_approved:
        status, version = comment.status, comment.version
        Decision.objects.create(
            comment=comment, was=status, decision=status, by=None, version=version
        )


@receiver(reply_held)
def tell_of_waiting(comment: Comment, **kwargs: Any) -> None:
    if not notices.is_flooded(comment.post):
        tasks.tell_of_waiting.enqueue(comment.pk)


@receiver(reply_posted)
def tell_authors_of_new(comment: Comment, **kwargs: Any) -> None:
    if comment.is_approved:
        _tell_authors([comment])


@receiver(reply_status_changed)
def tell_authors_of_appeared(change: StatusChange, **kwargs: Any) -> None:
    _tell_authors(change.news)


def _tell_authors(comments: list[Comment]) -> None:
    """A few in each task, so that none takes long."""
    each = ReplyMails.EACH
    wanted = [one.pk for one in comments if conversation_of(one.post).notices_in_force == each]
    for some in batches(wanted, TOLD_AT_ONCE):
        tasks.tell_of_appeared.enqueue(some)


@receiver(replies_emptied)
def forget_emptied(ids: list[int], **kwargs: Any) -> None:
    Report.objects.filter(comment__in=ids).delete()
    Ticket.objects.filter(comment__in=ids).delete()
    take_back(ABOUT_REPLY, about__in=ids)


@receiver(thread_deleting)
def forget_thread(post: Post, **kwargs: Any) -> None:
    replies = Comment.objects.filter(post=post)
    for model in (Report, Ticket, Decision):
        model._default_manager.filter(comment__in=replies).delete()
