"""A save that changes nothing, and texts that are kept as they were typed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog import publishing
from blog.models import Post
from tests.conftest import MakePost
from tests.desk.conftest import Submit

LINES = "First line\n\nSecond line\n\n    code\n"
LONG_AGO = datetime(2011, 5, 31, 4, 0, 7, 123_456, UTC)


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def crlf(text: str) -> str:
    """What a browser sends of a box with this text (HTML, section 4.10.21.5)."""
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("stored", [LINES, crlf(LINES)])
def test_a_save_that_changes_nothing_changes_nothing(
    desk: Client, submit: Submit, ada: User, make_post: MakePost, stored: str
) -> None:
    post = make_post("Old", authors=[ada.author], body=LINES, summary="One\ntwo", at=LONG_AGO)
    Post.objects.update(body=stored, updated_at=LONG_AGO)
    post.revisions.update(body=stored)
    submit(desk, change(post), body=crlf(LINES), summary="One\r\ntwo")
    post.refresh_from_db()
    assert post.revisions.count() == 1
    assert (post.updated_at, post.published_at) == (LONG_AGO, LONG_AGO)
    assert '"dateModified": "2011-05-31T06:00:07+02:00"' in Client().get(
        post.get_absolute_url()
    ).text.replace('":"', '": "')


def test_what_changed_is_shown_and_not_how_lines_end(
    desk: Client, submit: Submit, ada: User, make_post: MakePost
) -> None:
    post = make_post("Old", authors=[ada.author], body=LINES)
    post.revisions.update(body=crlf(LINES))
    submit(desk, change(post), body=crlf(LINES.replace("Second", "Other")))
    latest: Any = post.revisions.first()
    page = desk.get(f"/admin/blog/post/{post.pk}/history/{latest.pk}/").text
    assert page.count("<ins>") == 1
    assert "<del>Second</del><ins>Other</ins>" in page


def test_lines_end_alike_whoever_sends_them(
    desk: Client, submit: Submit, make_post: MakePost
) -> None:
    submit(desk, "/admin/blog/post/add/", title="T", body=crlf(LINES), summary="a\r\nb")
    post = Post.objects.get()
    assert (post.body, post.summary) == (LINES, "a\nb")
    post.body = "a\rb\r\nc"
    publishing.save_post(post=post, by=None)
    assert Post.objects.get().body == "a\nb\nc"


def test_code_at_the_top_of_a_text_stays_code(desk: Client, submit: Submit) -> None:
    source = "    print(1)\n\nWords.\n"
    submit(desk, "/admin/blog/post/add/", button="_publish", title="T", body=crlf(source))
    post = Post.objects.get()
    assert post.body == source
    preview = desk.post("/admin/preview/", {"content": crlf(source), "language": post.language})
    assert "<pre" in preview.text
    assert preview.text == post.body_html
    submit(desk, change(post))
    post.refresh_from_db()
    assert post.body == source


def test_a_text_of_spaces_is_none(desk: Client, submit: Submit) -> None:
    page = submit(desk, "/admin/blog/post/add/", button="_publish", title="T", body="  \r\n ")
    assert "A post needs a text." in page.text


def test_the_end_of_a_line_counts_once_in_a_summary(desk: Client, submit: Submit) -> None:
    submit(desk, "/admin/blog/post/add/", title="T", body="W", summary=crlf("x" * 149 + "\n") * 2)
    assert Post.objects.count() == 1
