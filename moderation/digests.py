"""The daily digest for authors and moderators: what appeared yesterday, and what is pending."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from blog.models import Post
from comments.mails import about
from comments.models import DECIDES_ALL, DECIDES_OWN, Comment, told_of_replies
from moderation import mails
from moderation.notices import reachable, told_of_held, who_may, write_for
from outbox.sending import Topic, put_in_outbox, was_put_in_outbox
from site_settings.choices import ReplyMails
from site_settings.reading import site

MOST_LISTED = 50


def send_due() -> None:
    """Send yesterday's digests that have not gone; days end at midnight in the site's time zone."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for person in recipients().iterator(500):
        topic = Topic(mails.DIGEST, whom=str(person.pk), occasion=str(yesterday))
        if was_put_in_outbox(topic):
            continue
        if context := contents(person, yesterday):
            mail = mails.digest(context, to=person.email, language=site.default_language)
            put_in_outbox(mail, topic)


def recipients() -> QuerySet[User]:
    """Return the authors of posts with daily mails, and the moderators who chose daily mails."""
    authors = write_for(Post.objects.filter(told_of_replies(ReplyMails.DAILY)))
    return reachable().filter(authors | told_of_held(ReplyMails.DAILY) & who_may(DECIDES_ALL))


def contents(person: User, day: date) -> dict[str, Any]:
    """Return the context of the digest; {} if there is nothing to tell."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    end = begin + timedelta(days=1)
    appeared = appeared_between(begin, end, person)
    waiting = waiting_for(person).filter(submitted_at__lt=end)
    listed = [about(comment) for comment in appeared[:MOST_LISTED]]
    number_waiting = waiting.count()
    if not listed and not number_waiting:
        return {}
    return {
        "day": day,
        "replies": listed,
        "more": appeared.count() - len(listed),
        "waiting": number_waiting,
    }


def appeared_between(begin: datetime, end: datetime, person: User) -> QuerySet[Comment]:
    """Return replies by others that appeared under the person's posts, from `begin` to `end`."""
    replies = Comment.objects.published().filter(
        post__in=_posts_of(person), appeared_at__gte=begin, appeared_at__lt=end
    )
    others = replies.exclude(user=person)
    return others.select_related("post").order_by("post", "appeared_at")


def waiting_for(person: User) -> QuerySet[Comment]:
    """Return pending replies that the person may decide about and asked to hear of."""
    replies = Comment.objects.moderated_by(person).waiting()
    if person.has_perm(DECIDES_ALL) and person.reply_mails_in_force == ReplyMails.DAILY:
        return replies
    if not person.has_perm(DECIDES_OWN):
        return replies.none()
    return replies.filter(post__in=_posts_of(person))


def _posts_of(person: User) -> QuerySet[Post]:
    return Post.objects.filter(told_of_replies(ReplyMails.DAILY), authors__user=person)
