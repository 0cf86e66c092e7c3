"""Who among many is told that a reply waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Author, ReplyMails, User
from accounts.roles import Role
from blog.models import Post
from tests.comments.conftest import Send
from tests.comments.guests.conftest import Mailbox
from tests.conftest import MakePost, MakeUser

pytestmark = pytest.mark.django_db


def people_told(mailbox: Mailbox) -> list[str]:
    return sorted(mail["To"].partition("@")[0] for mail in mailbox())


def post_by(user: User, make_post: MakePost, title: str, **fields: Any) -> Post:
    return make_post(title, authors=[Author.objects.get(user=user)], **fields)


@pytest.fixture
def ada(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


def test_whoever_may_decide_is_told_once_by_whichever_way_they_may(
    ada: User, make_post: MakePost, make_user: MakeUser, send: Send, mailbox: Mailbox
) -> None:
    for n in range(3):
        post = post_by(ada, make_post, f"Post {n}")
    make_user("mo", role=Role.MODERATOR)
    make_user("sue", is_superuser=True)
    may = Permission.objects.get(codename="moderate_comment")
    make_user("pim").user_permissions.add(may)
    make_user("eve", role=Role.AUTHOR)
    make_user("ria")
    send(post)
    assert people_told(mailbox) == ["ada", "mo", "pim", "sue"]


def test_to_find_them_multiplies_no_posts_by_permissions(
    ada: User, make_post: MakePost, send: Send, run_tasks: Callable[[], Any]
) -> None:
    """An editor with 10,000 posts made half a million rows, of which all but one were dropped."""
    send(post_by(ada, make_post, "Mails for each"))
    post_by(ada, make_post, "Mails each day", comment_notices=ReplyMails.DAILY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        run_tasks()
    people = [query["sql"] for query in asked if 'FROM "accounts_user"' in query["sql"]]
    assert people
    assert not [sql for sql in people if "DISTINCT" in sql]
