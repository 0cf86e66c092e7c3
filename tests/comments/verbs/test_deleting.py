"""A post that is deleted takes its conversation along, however long it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from blog import publishing
from blog.models import Post
from comments.models import Comment, Conversation, Thanks
from moderation.models import Decision, Report, Ticket
from spam.models import AkismetCheck
from tests.comments.thread.test_threads import fill
from tests.replies import MakeReply


@pytest.mark.parametrize("number", [3, 1000])
def test_the_same_queries_delete_a_post_however_many_replied(
    post: Post, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Else all who write would wait until each reply was read."""
    fill(post, number)
    with django_assert_max_num_queries(30):
        publishing.delete(post=post)
    assert not Comment.objects.exists()


def test_whatever_is_stored_with_a_reply_goes_with_its_post(
    post: Post, mo: User, make_reply: MakeReply
) -> None:
    """The database would refuse to delete the post if a row still pointed to one of its replies."""
    comment = make_reply(post)
    make_reply(post, parent=comment)
    Thanks.objects.create(comment=comment, reader="a reader")
    Report.objects.create(comment=comment, reader="a reader")
    Ticket.objects.create(comment=comment, user=mo, expires_at=timezone.now())
    AkismetCheck.objects.create(comment=comment)
    Conversation.objects.update(pinned=comment)
    pointing = {Thanks, Report, Ticket, AkismetCheck, Conversation, Decision, Comment}
    fields = Comment._meta.get_fields(include_hidden=True)
    assert pointing == {
        one.related_model for one in fields if one.auto_created and not one.concrete
    }
    assert [model for model in pointing if not model._default_manager.exists()] == []
    publishing.delete(post=post)
    connection.check_constraints()
    assert [model for model in pointing if model._default_manager.exists()] == []
