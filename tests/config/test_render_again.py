"""`manage.py render_again`: stored HTML follows the renderer, and nothing else does."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Author
from blog import publishing
from blog.models import Post
from comments.models import Comment
from config.management.commands import render_again
from tests.conftest import MakePost
from tests.replies import MakeReply, make_reply  # noqa: F401

OLD = '<p>Old <a rel="noopener">link</a></p>\n'


def run() -> str:
    told = StringIO()
    call_command("render_again", stdout=told)
    return told.getvalue()


def test_what_reads_otherwise_is_written_without_a_revision_or_another_date(
    client: Client,
    make_post: MakePost,
    make_reply: MakeReply,  # noqa: F811
) -> None:
    post = make_post(body="New.")
    kept = make_post("Kept", body="Kept.")
    reply = make_reply(post, "New reply.")
    author = post.authors.get()
    Author.objects.filter(pk=author.pk).update(biography="New person.", biography_html=OLD)
    Post.objects.filter(pk=post.pk).update(body_html=OLD, excerpt_html=OLD)
    Comment.objects.filter(pk=reply.pk).update(body_html=OLD)
    before = Post.objects.in_bulk()

    assert run() == (
        "posts: 2 rendered, 1 read otherwise now\n"
        "replies: 1 rendered, 1 read otherwise now\n"
        "biographies: 1 rendered, 1 read otherwise now\n"
    )
    after = Post.objects.in_bulk()
    assert after[post.pk].body_html == after[post.pk].excerpt_html == "<p>New.</p>\n"
    assert Comment.objects.get().body_html == "<p>New reply.</p>\n"
    assert Author.objects.get(pk=author.pk).biography_html == "<p>New person.</p>\n"
    assert after[post.pk].touched_at > before[post.pk].touched_at
    assert after[kept.pk].touched_at == before[kept.pk].touched_at
    for pk, was in before.items():
        now = after[pk]
        assert (now.version, now.updated_at, now.published_at) == (
            was.version,
            was.updated_at,
            was.published_at,
        )
        assert now.revisions.count() == 1
    assert Comment.objects.get().edited_at is None
    assert "0 read otherwise" in run()


def test_a_post_that_is_saved_meanwhile_keeps_what_was_saved(make_post: MakePost) -> None:
    post = make_post(body="First.")
    Post.objects.filter(pk=post.pk).update(body_html="<p>Second.</p>\n", version=post.version + 1)
    stale = Post.objects.get(pk=post.pk)
    stale.version, stale.body_html = post.version, OLD
    assert not publishing.render_again(post=stale)
    assert Post.objects.get().body_html == "<p>Second.</p>\n"


def test_rows_are_read_in_batches(monkeypatch: pytest.MonkeyPatch, make_post: MakePost) -> None:
    monkeypatch.setattr(render_again, "BATCH", 2)
    for number in range(5):
        make_post(f"Post {number}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = list(render_again.in_batches(Post.objects.all()))
    assert [post.title for post in found] == [f"Post {number}" for number in range(5)]
    assert len(queries) == 4
