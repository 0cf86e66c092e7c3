"""Mailing the owner of an address the way to what was written with it."""

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
    """Mail the owner of an address the way to what was written with it, if anything was.

    What an account has claimed of it is found by signing in. In the background, so that the time
    of the request tells nobody what there is; at most once an hour, so that nobody can fill
    somebody else's mailbox.
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
    """That they were asked for, and that they were mailed."""
    # A worker that is busy with one could not write down that it is done.
    asked = Task.objects.about(mail_link_to, email).exclude(status=TaskResultStatus.RUNNING)
    asked.delete()
    forget(_topic(email))


def _topic(email: str) -> Topic:
    """Of the mail with the way to everything; the address cannot be read from it."""
    digest = salted_hmac("privacy.tasks", email, algorithm="sha256").hexdigest()
    return Topic(mails.MY_REPLIES, whom=digest[:32])
