"""`manage.py demo_data` makes a large site that is in every respect as if it had been written."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from blog import publishing
from blog.models import Post
from blog.saving.rendering import derive
from comments.models import Comment
from comments.verbs import counting

pytestmark = pytest.mark.django_db


def make(posts: int = 25, replies: int = 400) -> str:
    out, progress = StringIO(), StringIO()
    call_command("demo_data", posts=posts, replies=replies, stdout=out, stderr=progress)
    return out.getvalue() + progress.getvalue()


def counts() -> tuple[list[int], list[int]]:
    posts = Post.objects.order_by("pk").values_list("conversation__reply_count", flat=True)
    replies = Comment.objects.order_by("pk").values_list("descendant_count", flat=True)
    return list(posts), list(replies)


def test_as_many_posts_and_replies_as_asked_for() -> None:
    make()
    assert Post.objects.live().count() == 25
    assert Comment.objects.count() == 400


def test_in_three_languages_with_bylines_categories_and_tags() -> None:
    make(40, 0)
    posts = Post.objects.for_page()
    assert Counter(post.language for post in posts).keys() == {"en", "nl", "de"}
    assert all(post.bylines.all() and post.category and len(post.tags.all()) == 3 for post in posts)


def test_what_is_derived_is_what_publishing_would_have_derived() -> None:
    make(6, 0)
    for post in Post.objects.all():
        stored = [getattr(post, name) for name in publishing.DERIVED]
        address = post.address
        derive(post)
        assert stored == [getattr(post, name) for name in publishing.DERIVED]
        publishing.save_post(post=post, by=None)
        assert post.address == address


def test_the_counts_are_what_counting_anew_gives() -> None:
    make()
    stored = counts()
    counting.recount(posts=Post.objects.all())
    assert stored == counts()
    assert any(stored[1])


def test_a_reply_stands_below_the_one_it_answers() -> None:
    make()
    answers = Comment.objects.exclude(parent=None).select_related("parent")
    assert answers
    for answer in answers:
        assert answer.parent is not None
        assert answer.path.startswith(answer.parent.path)
        assert answer.depth == answer.parent.depth + 1
        assert answer.submitted_at > answer.parent.submitted_at


def test_what_is_approved_appeared_when_it_was_written() -> None:
    make()
    assert Comment.objects.approved().exists()
    for reply in Comment.objects.all():
        assert reply.appeared_at == (reply.submitted_at if reply.is_approved else None)


def test_the_fifth_newest_post_has_fifty_replies_and_the_twentieth_a_tenth_of_all(
    client: Client,
) -> None:
    said = make(25, 800)
    newest = list(Post.objects.live().order_by("-published_at"))
    assert newest[4].comment_count == 50
    assert newest[19].comment_count == 80
    assert newest[4].get_absolute_url() in said
    assert client.get(newest[4].get_absolute_url()).status_code == 200


def test_the_same_call_on_an_empty_site_writes_the_same() -> None:
    make(3, 30)
    fields = ("uid", "address", "body_html")
    first = list(Post.objects.order_by("address").values_list(*fields))
    Comment.objects.all().delete()
    Post.objects.all().delete()
    make(3, 30)
    assert list(Post.objects.order_by("address").values_list(*fields)) == first


def test_it_adds_to_what_is_there() -> None:
    make(5, 20)
    before = set(Post.objects.values_list("address", "conversation__reply_count"))
    make(5, 20)
    assert Post.objects.count() == 10
    assert before <= set(Post.objects.values_list("address", "conversation__reply_count"))


def test_it_tells_how_far_it_is() -> None:
    said = make(4, 10)
    assert "posts    [########################################] 4 of 4" in said
    assert "replies  [########################################] 10 of 10" in said


@pytest.mark.parametrize(("posts", "replies"), [(-1, 0), (0, -1), (0, 5)])
def test_numbers_that_make_no_sense_are_refused(posts: int, replies: int) -> None:
    with pytest.raises(CommandError):
        make(posts, replies)
