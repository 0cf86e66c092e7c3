"""Mails about replies to authors and moderators. Each has a topic, so that it goes once."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.core.mail import EmailMultiAlternatives
from django.db.models import BigIntegerField, Q, QuerySet
from django.utils import timezone

from accounts.models import Author, User
from blog.models import Post
from comments.models import DECIDES_ALL, DECIDES_OWN, Comment, Status, conversation_of
from moderation import mails
from moderation.links import DECIDE
from moderation.models import Ticket
from outbox.sending import Topic, put_in_outbox, was_put_in_outbox
from site_settings.choices import ReplyMails
from site_settings.reading import site
from web.prepared import Given, Prepared

# With more pending replies nobody needs another mail, so much spam does not cause many mails.
MOST_WAITING = 10
_waiting = Comment.objects.waiting().values_list("pk")
_ONE_TOO_MANY = slice(MOST_WAITING, MOST_WAITING + 1)
# Each in the order of its index, or PostgreSQL reads other replies until it has found enough.
_TOO_MANY = Prepared(_waiting.order_by("submitted_at")[_ONE_TOO_MANY])
_TOO_MANY_UNDER = Prepared(
    _waiting.filter(post=Given("post", BigIntegerField())).order_by("descendant_count")[
        _ONE_TOO_MANY
    ]
)


def is_flooded(post: Post) -> bool:
    """Return whether so many replies are pending that nobody gets a mail about one more here.

    Runs for each new reply. Authors hear of their own posts only, so pending replies elsewhere
    count only if they want no mails; how many they have under all their posts is checked later.
    """
    if conversation_of(post).notices_in_force == ReplyMails.EACH:
        return bool(_TOO_MANY_UNDER.all(post=post.pk))
    return bool(_TOO_MANY.all())


def tell_authors(comment: Comment) -> None:
    """Mail the authors of a post who want a mail for each reply that has appeared."""
    if conversation_of(comment.post).notices_in_force == ReplyMails.EACH:
        for author in authors_of(comment.post).exclude(pk=comment.user_id or 0):
            _tell(author, comment)


def tell_moderators(comment: Comment) -> None:
    """Mail everybody who may decide about a pending reply and wants a mail for each."""
    for person in deciders_for(comment.post).exclude(pk=comment.user_id or 0):
        if not _has_a_long_queue(person):
            _tell(person, comment)


def _has_a_long_queue(person: User) -> bool:
    theirs = Comment.objects.moderated_by(person).waiting().order_by()
    return len(theirs.values_list("pk")[: MOST_WAITING + 1]) > MOST_WAITING


def authors_of(post: Post) -> QuerySet[User]:
    return reachable().filter(write_for(Post.objects.filter(pk=post.pk)))


def deciders_for(post: Post) -> QuerySet[User]:
    """Moderators who want a mail for each pending reply, and a post's authors if it says so."""
    wanted = told_of_held(ReplyMails.EACH) & who_may(DECIDES_ALL)
    if conversation_of(post).notices_in_force == ReplyMails.EACH:
        wanted |= write_for(Post.objects.filter(pk=post.pk)) & who_may(DECIDES_OWN)
    return reachable().filter(wanted)


def reachable() -> QuerySet[User]:
    return User.objects.filter(is_active=True).exclude(email="")


def told_of_held(mails: ReplyMails) -> Q:
    """Match those who hear of replies that wait in this way (`User.reply_mails_in_force`)."""
    ways = [mails, ""] if site.moderator_mails == mails else [mails]
    return Q(reply_mails__in=ways)


# Both conditions do without joins: joining all roles, permissions and posts of each person gives
# half a million rows for one editor.


def write_for(posts: QuerySet[Post]) -> Q:
    """Return the condition for accounts that are authors of any of these posts."""
    return Q(pk__in=Author.objects.filter(posts__in=posts).values("user"))


def who_may(permission: str) -> Q:
    """The condition for accounts with a permission ("app.codename"), their own or a role's."""
    app, codename = permission.split(".")
    named = Permission.objects.filter(content_type__app_label=app, codename=codename)
    roles = Group.objects.filter(permissions__in=named)
    by_role = User.groups.through.objects.filter(group__in=roles)
    of_their_own = User.user_permissions.through.objects.filter(permission__in=named)
    return (
        Q(is_superuser=True)
        | Q(pk__in=by_role.values("user"))
        | Q(pk__in=of_their_own.values("user"))
    )


def _tell(person: User, comment: Comment) -> None:
    """Mail one person about a reply, with a link to decide if they may."""
    whom, occasion = str(person.pk), _waits_again(comment)
    topic = Topic(mails.ABOUT_REPLY, about=comment.pk, whom=whom, occasion=occasion)
    if not was_put_in_outbox(topic):
        put_in_outbox(_mail_to(person, comment), topic)


def _waits_again(comment: Comment) -> str:
    """Return the version of the text if an edit sent the reply back to the queue; else "".

    It is part of the topic, so that the reply's moderators get another mail about it.
    """
    is_back = comment.status == Status.PENDING and comment.appeared_at and comment.edited_at
    return str(comment.text_version) if is_back else ""


def _mail_to(person: User, comment: Comment) -> EmailMultiAlternatives:
    language = site.default_language
    if not Comment.objects.moderated_by(person).filter(pk=comment.pk).exists():
        return mails.reply_to_my_post(comment, to=person.email, language=language)
    return mails.reply_to_decide(comment, ticket_for(person, comment), language=language)


def ticket_for(person: User, comment: Comment) -> Ticket:
    """Return an unused ticket that is valid as long as the mail's link."""
    tickets = Ticket.objects.filter(user=person, comment=comment)
    tickets.exclude(used_at=None).delete()
    ticket, _ = tickets.update_or_create(
        user=person, comment=comment, defaults={"expires_at": timezone.now() + DECIDE.lifetime}
    )
    return ticket
