"""What followers are owed when something happens to a reply: a mail, or that none goes any more."""

from __future__ import annotations

import pytest

from accounts.models import User
from blog.models import Post
from comments.verbs.editing import erase_replies
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from following.mails import NEW_REPLY
from following.models import Scope
from following.verbs import follow
from outbox.models import Mail
from tests.conftest import Mailbox, MakeUser
from tests.mail_server import MailServer
from tests.replies import MakeReply


@pytest.fixture
def followed(post: Post, make_user: MakeUser) -> Post:
    """A post of whose replies Ria wants to hear."""
    follow(post=post, scope=Scope.EVERYTHING, visitor=Visitor(user=make_user("ria")))
    return post


def test_of_a_new_reply_that_appears_followers_are_told(
    followed: Post, mo: User, mailbox: Mailbox
) -> None:
    visitor = Visitor(user=mo)
    assert post_comment(post=followed, body="Hm.", language="en", visitor=visitor).is_approved
    (mail,) = mailbox()
    assert (mail["To"], mail["Subject"]) == ("ria@example.org", "mo replied to “Apples and pears”")


def test_of_a_reply_that_is_emptied_no_mail_waits_from_that_moment(
    followed: Post, make_reply: MakeReply, mailbox: Mailbox, mail_server: MailServer
) -> None:
    mail_server.verdict = "451 Come back later"
    comment = make_reply(followed)
    assert mailbox() == []
    about_it = Mail.objects.filter(kind=NEW_REPLY, about=comment.pk)
    assert about_it.exists()
    erase_replies(comments=[comment])
    assert not about_it.exists()
