"""Mailing the owner of an address a link to what was written with it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.crypto import salted_hmac
from django_tasks_db.compat import TaskResultStatus

from accounts.models import User
from background.models import Task
from background.queue import task
from outbox.sending import Topic, forget, put_in_outbox
from privacy import mails
from privacy.finding import DataSubject

AN_HOUR = timedelta(hours=1)


@task()
def mail_link_to(email: str, language: str) -> None:
    """Mail the owner of an address a link to what was written with it, if anything was.

    Replies that an account has claimed are found by signing in. This runs in the background, so
    that the time of the request tells nobody what there is, and at most once an hour, so that
    nobody can fill somebody else's mailbox.
    """
    account = User.objects.who_proved(email)
    as_guest = DataSubject(email=email).is_known
    in_account = account is not None and DataSubject(user=account).is_known
    if as_guest or in_account:
        mail = mails.my_replies(
            email=email, language=language, as_guest=as_guest, in_account=in_account
        )
        put_in_outbox(mail, _topic(email), again_after=AN_HOUR)


def forget_links_to(email: str) -> None:
    """Delete the record of links that were asked for and mailed."""
    # Not a running task: its worker could not record that it is done.
    asked = Task.objects.about(mail_link_to, email).exclude(status=TaskResultStatus.RUNNING)
    asked.delete()
    forget(_topic(email))


def _topic(email: str) -> Topic:
    """Return the topic of the mail with the link; the address cannot be read from it."""
    digest = salted_hmac("privacy.tasks", email, algorithm="sha256").hexdigest()
    return Topic(mails.MY_REPLIES, whom=digest[:32])
