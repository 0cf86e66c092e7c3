"""One person as far as it is proven who they are, and everything of theirs that is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django_tasks_db.compat import TaskResultStatus

from accounts.models import User
from background.models import Task
from background.queue import task
from comments import mails
from comments.editing import erase_replies
from comments.following import forget_follows
from comments.models import Comment, Follow, Report, Status
from comments.querysets import CommentQuerySet
from comments.tokens import absolute
from outbox.sending import forget, put_in_outbox

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Person:
    """An account, or else the owner of an e-mail address."""

    user: User | None = None
    email: str = ""

    @property
    def _who(self) -> Q:
        """An account's are also what its owner wrote without signing in."""
        if self.user is None:
            return Q(user=None, email=self.email)
        return Q(user=self.user) | Q(user=None, email__in=self.user.proven_emails)

    @property
    def addresses(self) -> list[str]:
        return self.user.proven_emails if self.user else [self.email]

    @property
    def is_known(self) -> bool:
        """Whether anything of theirs is kept here that they can go and see."""
        return self.written.exists() or self.follows.exists()

    @property
    def written(self) -> CommentQuerySet:
        """Without those of which only the place is left."""
        return Comment.objects.filter(self._who).exclude(status=Status.DELETED)

    @property
    def replies(self) -> CommentQuerySet:
        """The same with what a list shows, newest first."""
        return self.written.for_queue().order_by("-submitted_at", "-pk")

    @property
    def follows(self) -> QuerySet[Follow]:
        return Follow.objects.filter(self._who).select_related("post").order_by("-started_at")

    @property
    def reports(self) -> QuerySet[Report]:
        return Report.objects.filter(user=self.user) if self.user else Report.objects.none()

    def everything(self) -> dict[str, Any]:
        """All that is kept about this person's part in conversations, as JSON can hold it."""
        return {
            "name": self.user.public_name if self.user else "",
            "email": self.user.email if self.user else self.email,
            "portrait": self._portrait,
            "replies": [_reply(comment) for comment in self.replies.iterator(500)],
            "follows": [_follow(follow) for follow in self.follows],
            "reports": [_report(report) for report in self.reports],
        }

    @property
    def _portrait(self) -> str:
        if self.user is None or not self.user.portrait:
            return ""
        return absolute(self.user.portrait.url)

    @transaction.atomic
    def erase(self) -> int:
        """Leave nothing of it; return how many replies there were. An account itself stays."""
        number = erase_replies(comments=self.written)
        forget_follows(follows=self.follows)
        self.reports.update(user=None, note="")
        for email in self.addresses:
            _forget_links_to(email)
        if self.user:
            self.user.take_portrait_away()
        return number


def _reply(comment: Comment) -> dict[str, Any]:
    return {
        "article": comment.post.title,
        "url": absolute(comment.get_absolute_url()),
        "name": comment.name,
        "email": comment.email,
        "website": comment.website,
        "text": comment.body,
        "language": comment.language,
        "status": comment.status_to_writer,
        "written": comment.submitted_at,
        "edited": comment.edited_at,
        "e-mail address confirmed": comment.confirmed_at,
        "thanks": comment.thanks_count,
        "network address (keyed hash)": comment.address_hash,
    }


def _follow(follow: Follow) -> dict[str, Any]:
    return {
        "article": follow.post.title,
        "url": absolute(follow.post.get_absolute_url()),
        "scope": follow.scope,
        "since": follow.started_at,
        "confirmed": follow.confirmed_at,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "url": absolute(report.comment.get_absolute_url()),
        "reason": report.reason,
        "note": report.note,
        "written": report.at,
    }


@task()
def mail_link_to(email: str, language: str) -> None:
    """Mail the owner of an address the way to what was written with it, if anything was.

    What an account has claimed of it is found by signing in. In the background, so that the time
    of the request tells nobody what there is; at most once an hour, so that nobody can fill
    somebody else's mailbox.
    """
    account = User.objects.who_proved(email)
    as_guest = Person(email=email).is_known
    in_account = account is not None and Person(user=account).is_known
    if as_guest or in_account:
        mail = mails.my_replies(
            email=email, language=language, as_guest=as_guest, in_account=in_account
        )
        put_in_outbox(mail, key=_key_of_link(email), again_after=AN_HOUR)


def _forget_links_to(email: str) -> None:
    """That they were asked for, and that they were mailed."""
    # A worker that is busy with one could not write down that it is done.
    asked = Task.objects.about(mail_link_to, email).exclude(status=TaskResultStatus.RUNNING)
    asked.delete()
    forget(key=_key_of_link(email))


def _key_of_link(email: str) -> str:
    """Of the mail with the way to everything; the address cannot be read from it."""
    digest = salted_hmac("comments.person", email, algorithm="sha256").hexdigest()
    return f"mine-{digest[:32]}"
