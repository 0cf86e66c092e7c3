"""Fixtures say who wrote what and when, in words people can read; the rest follows when they are loaded."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.test import Client

from blog.models import Post
from comments.models import Comment
from tests.comments.verbs.test_counts import counted, counted_by_hand
from tests.replies import MakeReply

FIXTURE = """
- model: comments.comment
  fields:
    uid: 00000000-0000-4000-8000-000000000001
    post: [{post}]
    name: Ria
    email: ria@example.org
    language: en
    body: "A *pear*."
    status: removed
    submitted_at: 2011-05-31 06:57:00+02:00
- model: comments.comment
  fields:
    uid: 00000000-0000-4000-8000-000000000002
    post: [{post}]
    parent: [00000000-0000-4000-8000-000000000001]
    name: Wim
    language: en
    body: "An apple."
    status: approved
    submitted_at: 2012-09-19 23:07:00+02:00
"""

SETTINGS = """
- model: comments.conversation
  fields:
    post: [{post}]
    policy: held
"""


def test_a_bare_fixture_makes_a_whole_thread_and_loads_twice(
    client: Client, post: Post, tmp_path: Path
) -> None:
    file = tmp_path / "replies.yaml"
    file.write_text(FIXTURE.format(post=post.uid))
    for _time in range(2):
        call_command("loaddata", file, verbosity=0)
        above, below = Comment.objects.order_by("pk")
        assert (above.body_html, above.descendant_count) == ("<p>A <em>pear</em>.</p>\n", 1)
        assert below.path.startswith(above.path)
        assert len(below.avatar_seed) == 8
        assert (above.appeared_at, below.appeared_at) == (None, below.submitted_at)
        assert counted(post) == counted_by_hand(post)
    assert "An apple." in client.get(post.get_absolute_url()).text


def test_under_settings_that_are_loaded_later_the_replies_are_counted_all_the_same(
    client: Client, post: Post, make_reply: MakeReply, tmp_path: Path
) -> None:
    make_reply(post, parent=make_reply(post))
    file = tmp_path / "conversations.yaml"
    file.write_text(SETTINGS.format(post=post.uid))
    call_command("loaddata", file, verbosity=0)
    assert "2 replies" in client.get(post.get_absolute_url()).text


def test_what_was_dumped_loads_as_it_was(post: Post, make_reply: MakeReply, tmp_path: Path) -> None:
    make_reply(post, parent=make_reply(post))
    before = list(Comment.objects.order_by("path").values())
    file = tmp_path / "dump.yaml"
    options = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    call_command("dumpdata", "comments", output=str(file), format="yaml", verbosity=0, **options)
    Comment.objects.filter(parent__isnull=False).delete()
    Comment.objects.all().delete()
    call_command("loaddata", file, verbosity=0)
    ids = {"id", "parent_id"}
    after = list(Comment.objects.order_by("path").values())
    assert [drop(row, ids) for row in after] == [drop(row, ids) for row in before]


def drop(row: dict[str, object], names: set[str]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in names}
