"""A post that is deleted takes its conversation along, however long it is."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from blog import publishing
from blog.models import Post
from comments.models import Comment
from tests.comments.thread.test_threads import fill


@pytest.mark.parametrize("number", [3, 1000])
def test_the_same_queries_delete_a_post_however_many_replied(
    post: Post, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Else all who write would wait until each reply was read."""
    fill(post, number)
    with django_assert_max_num_queries(28):
        publishing.delete(post=post)
    assert not Comment.objects.exists()
