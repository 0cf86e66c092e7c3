"""A guest changes a reply or takes it back: for some minutes in the same browser, later by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.mail_links import MINE
from comments.models import Comment, HeldBecause, Status
from moderation.deciding import decide
from moderation.models import Decision
from tests.conftest import Mailbox
from tests.mails import path_in
from tests.replies import MakeReply, Send, take_replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(post: Post, send: Send) -> Comment:
    """One that this client's browser sent just now, and that a moderator approved."""
    send(post)
    comment = Comment.objects.get()
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    return comment


@pytest.fixture
def too_late() -> Iterator[None]:
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        yield


def edit_url(comment: Comment) -> str:
    return f"/comments/{comment.pk}/edit/"


def delete_url(comment: Comment) -> str:
    return f"/comments/{comment.pk}/delete/"


def test_the_browser_that_sent_it_may_change_it(
    client: Client, post: Post, comment: Comment
) -> None:
    assert "A good point." in client.get(edit_url(comment)).text
    answer = client.post(edit_url(comment), {"reply": "A *better* point."})
    assert answer.status_code == 303
    page = client.get(answer["Location"], follow=True).text
    assert "A <em>better</em> point." in page
    assert "A good point." not in page
    comment.refresh_from_db()
    assert comment.edited_at


def test_the_thread_offers_it_to_the_writer_and_to_nobody_else(
    client: Client, post: Post, comment: Comment
) -> None:
    mine = client.get(post.get_absolute_url()).text
    assert edit_url(comment) in mine
    assert delete_url(comment) in mine
    until = timezone.localtime(comment.submitted_at + timedelta(minutes=15))
    left = re.search(r'data-left="(\d+)">(.*?)</time>', mine)
    assert left
    assert 14 * 60 < int(left[1]) <= 15 * 60
    assert left[2] == f"{until:%H:%M}"
    other = Client().get(post.get_absolute_url()).text
    assert edit_url(comment) not in other
    client.post(edit_url(comment), {"reply": "Said better."})
    assert '<span class="changed">changed ' in Client().get(post.get_absolute_url()).text


def test_after_the_window_the_thread_offers_it_no_more(
    client: Client, post: Post, comment: Comment, too_late: None
) -> None:
    assert edit_url(comment) not in client.get(post.get_absolute_url()).text


def test_the_thread_offers_it_to_an_account_at_any_time(
    client: Client, post: Post, make_user: Any, make_reply: MakeReply, too_late: None
) -> None:
    ada = make_user("ada")
    comment = make_reply(post, user=ada, at=timezone.now() - timedelta(days=9))
    client.force_login(ada)
    page = client.get(post.get_absolute_url()).text
    assert edit_url(comment) in page
    assert "data-left" not in page


def test_a_preview_keeps_nothing(client: Client, comment: Comment) -> None:
    answer = client.post(edit_url(comment), {"reply": "A *better* point.", "preview": "1"})
    assert "A <em>better</em> point." in answer.text
    comment.refresh_from_db()
    assert comment.body == "A good point."


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "x" * 10_001])
def test_what_cannot_be_kept_comes_back(client: Client, comment: Comment, text: str) -> None:
    answer = client.post(edit_url(comment), {"reply": text})
    assert answer.status_code == 422
    assert text.strip() in answer.text
    comment.refresh_from_db()
    assert comment.body == "A good point."


@pytest.mark.parametrize("url", [edit_url, delete_url])
def test_nobody_else_may(comment: Comment, url: Any, make_user: Any) -> None:
    stranger, signed_in = Client(), Client()
    signed_in.force_login(make_user("eve"))
    for other in (stranger, signed_in):
        for answer in (other.get(url(comment)), other.post(url(comment), {"reply": "Ha!"})):
            assert answer.status_code == 403
            assert "Have a link mailed to you" in answer.text
    comment.refresh_from_db()
    assert comment.body == "A good point."


@pytest.mark.parametrize("url", [edit_url, delete_url])
def test_after_the_window_the_browser_proves_nothing(
    client: Client, comment: Comment, too_late: None, url: Any
) -> None:
    assert client.get(url(comment)).status_code == 403
    assert client.post(url(comment), {"reply": "Ha!"}).status_code == 403


@pytest.mark.parametrize("by_mail", [False, True])
def test_what_was_sent_too_late_is_not_lost(
    client: Client, comment: Comment, by_mail: bool
) -> None:
    url = edit_url(comment) + f"?key={MINE.sign('wim@example.org')}" * by_mail
    assert client.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        answer = client.post(url, {"reply": "Better </textarea> said."})
        assert "<textarea" not in client.get(url).text
    assert answer.status_code == 403
    assert "readonly>Better &lt;/textarea&gt; said.</textarea>" in answer.text


def test_the_window_is_as_long_as_the_site_says(
    client: Client, comment: Comment, settings: Any, too_late: None
) -> None:
    settings.PARLEY_EDIT_WINDOW = 30
    assert client.get(edit_url(comment)).status_code == 200


def test_later_a_mailed_link_proves_whose_it_is(
    comment: Comment, mailbox: Mailbox, too_late: None
) -> None:
    other = Client()
    mailbox()
    other.post("/comments/find/", {"email": "WIM@example.org"})
    (mail,) = mailbox()
    page = other.get(path_in(mail, "/comments/mine/")).text
    edit = page.split(f'href="/comments/{comment.pk}/edit/')[1].split('"')[0]
    answer = other.post(edit_url(comment) + edit, {"reply": "Said later."})
    assert answer.status_code == 303
    comment.refresh_from_db()
    assert comment.body == "Said later."


def test_a_link_for_one_address_opens_no_other_ones_replies(
    post: Post, comment: Comment, make_reply: MakeReply, mailbox: Mailbox
) -> None:
    make_reply(post, email="eve@example.org")
    eve = Client()
    mailbox()
    eve.post("/comments/find/", {"email": "eve@example.org"})
    token = path_in(mailbox()[0], "/comments/mine/").removeprefix("/comments/mine/").strip("/")
    assert eve.post(f"{edit_url(comment)}?key={token}", {"reply": "Ha!"}).status_code == 403


def test_an_account_may_change_its_own_at_any_time(
    client: Client, post: Post, make_user: Any, make_reply: MakeReply, too_late: None
) -> None:
    ada = make_user("ada")
    comment = make_reply(post, user=ada, at=timezone.now() - timedelta(days=9))
    assert client.get(edit_url(comment)).status_code == 403
    client.force_login(ada)
    assert client.post(edit_url(comment), {"reply": "Now I know."}).status_code == 303


def test_where_every_reply_is_held_a_changed_one_is_too(
    client: Client, post: Post, comment: Comment
) -> None:
    take_replies(policy="held")
    client.post(edit_url(comment), {"reply": "Buy my pears."})
    comment.refresh_from_db()
    assert (comment.status, comment.held_because) == (Status.PENDING, HeldBecause.EDITED)
    post.refresh_from_db()
    assert post.comment_count == 0


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REMOVED])
def test_what_moderators_took_away_can_be_deleted_and_not_changed(
    client: Client, comment: Comment, status: Status
) -> None:
    decide(comments=[comment], decision=status, by=None)
    refused = client.post(edit_url(comment), {"reply": "A better point."})
    assert refused.status_code == 403
    assert "A moderator has decided" in refused.text
    assert "A better point." in refused.text
    assert client.get(delete_url(comment)).status_code == 200


def test_deleting_asks_first(client: Client, comment: Comment) -> None:
    assert "Delete your reply?" in client.get(delete_url(comment)).text
    comment.refresh_from_db()
    assert comment.body == "A good point."


def test_a_deleted_reply_leaves_only_its_place(
    client: Client, post: Post, comment: Comment, make_reply: MakeReply
) -> None:
    comment.refresh_from_db()
    answer = make_reply(post, "I answer.", parent=comment)
    client.post(delete_url(comment))
    page = Client().get(post.get_absolute_url()).text
    assert "A good point." not in page
    assert "Wim" not in page
    assert "I answer." in page
    assert "deleted by its writer" in page
    kept = Comment.objects.filter(pk=comment.pk).values().get()
    assert "wim" not in str(kept).lower()
    assert "good point" not in str(kept)
    assert (kept["email"], kept["address_hash"], kept["website"]) == ("", "", "")
    answer.refresh_from_db()
    assert answer.parent_id == comment.pk


def test_of_two_windows_the_second_is_told_what_the_first_saved(
    client: Client, comment: Comment
) -> None:
    seen = re.findall(r'name="seen" value="(.*?)"', client.get(edit_url(comment)).text)[0]
    client.post(edit_url(comment), {"reply": "The first.", "seen": seen})
    answer = client.post(edit_url(comment), {"reply": "The second.", "seen": seen})
    assert answer.status_code == 409
    assert "changed in another window" in answer.text
    assert "<p>The first.</p>" in answer.text
    assert "The second.</textarea>" in answer.text
    now = re.findall(r'name="seen" value="(.*?)"', answer.text)[0]
    preview = client.post(edit_url(comment), {"reply": "The third.", "seen": now, "preview": "1"})
    assert f'name="seen" value="{now}"' in preview.text
    assert client.post(edit_url(comment), {"reply": "The third.", "seen": now}).status_code == 303
    comment.refresh_from_db()
    assert comment.body == "The third."


def test_deleting_twice_deletes_once_and_loses_nothing_typed(
    client: Client, comment: Comment
) -> None:
    assert client.post(delete_url(comment)).status_code == 303
    assert client.post(delete_url(comment)).status_code == 410
    late = client.post(edit_url(comment), {"reply": "A better point."})
    assert late.status_code == 410
    assert "This reply was deleted" in late.text
    assert "A better point." in late.text
    assert Decision.objects.filter(decision=Status.DELETED).count() == 1


def test_a_reply_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/comments/999999999/edit/").status_code == 404
    assert client.get("/comments/99999999999999999999999/edit/").status_code == 404
