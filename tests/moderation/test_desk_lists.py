"""The lists of the desk: what waits, what the filter held, what readers reported; and what a card tells."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from moderation.models import Report
from tests.conftest import MakeUser
from tests.moderation.conftest import button
from tests.moderators import QUEUE
from tests.replies import MakeReply

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def reported(post: Post, make_reply: MakeReply, make_user: MakeUser) -> Comment:
    comment = make_reply(post, "Only fools feed herons.", name="Rob")
    told = {"reason": "rude", "note": "He means my mother."}
    Report.objects.create(comment=comment, reader="a" * 32, user=make_user("ria"), **told)
    Report.objects.create(comment=comment, reader="b" * 32, reason="spam")
    Comment.objects.filter(pk=comment.pk).update(report_count=2)
    comment.refresh_from_db()
    return comment


def words(client: Client, query: str = "") -> str:
    return " ".join(html.fromstring(client.get(QUEUE + query).text).text_content().split())


def bodies(client: Client, query: str) -> list[str]:
    page = html.fromstring(client.get(QUEUE + query).text)
    return [body.text_content().strip() for body in page.xpath("//div[@class='queue-body']")]


def test_each_list_has_its_replies_and_its_number(
    client: Client, post: Post, make_reply: MakeReply, reported: Comment
) -> None:
    for text, why in (("Held.", "filter"), ("Waits.", "first_reply")):
        comment = make_reply(post, text, status=Status.PENDING)
        Comment.objects.filter(pk=comment.pk).update(held_because=why)
    assert bodies(client, "") == ["Held.", "Waits."]
    assert bodies(client, "?status=held") == ["Held."]
    assert bodies(client, "?status=reported") == ["Only fools feed herons."]
    page = html.fromstring(client.get(QUEUE).text)
    numbers = page.xpath("//nav[@class='queue-lists']//a[span]")
    told = [" ".join(link.text_content().split()) for link in numbers]
    assert told == ["waiting 2", "held by the filter 1", "reported 1"]


def test_a_reported_reply_says_what_readers_said_of_it(client: Client, reported: Comment) -> None:
    text = words(client, "?status=reported")
    assert "2 readers reported this" in text
    assert "It is rude or hurtful: He means my mother. (ria)" in text
    assert "It is advertising or spam" in text


def test_to_keep_it_answers_the_reports(client: Client, post: Post, reported: Comment) -> None:
    page = html.fromstring(client.get(f"{QUEUE}?status=reported").text)
    (keep,) = page.xpath("//button[normalize-space()='Keep it']")
    assert (keep.get("name"), keep.get("value")) == ("approved", str(reported.pk))
    client.post(f"{QUEUE}?status=reported", button("approved", reported))
    reported.refresh_from_db()
    assert (reported.status, reported.report_count) == ("approved", 0)
    assert not Report.objects.filter(closed_at=None).exists()
    assert bodies(client, "?status=reported") == []
    line = reported.decisions.latest("pk")
    assert (line.was, line.decision) == ("approved", "approved")
    post.refresh_from_db()
    assert post.comment_count == 1


def test_to_keep_what_somebody_kept_already_is_told(
    client: Client, reported: Comment, make_user: MakeUser
) -> None:
    decide(comments=[reported], decision=Status.APPROVED, by=make_user("ed"))
    keep = button("approved", reported)
    assert "there is a decision already" in client.post(QUEUE, keep, follow=True).text


def test_what_its_writer_deleted_is_not_decided_about(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    Comment.objects.update(status=Status.DELETED)
    bulk = {"action": "approve_selected", "index": "0", "_selected_action": comment.pk}
    client.post(f"{QUEUE}?status=all", bulk | {"select_across": "0"})
    comment.refresh_from_db()
    assert comment.status == Status.DELETED


def test_nothing_selected_is_told(client: Client, post: Post, make_reply: MakeReply) -> None:
    make_reply(post, status=Status.PENDING)
    bulk = {"action": "approve_selected", "index": "0", "_selected_action": "0"}
    page = client.post(QUEUE, bulk | {"select_across": "0"}, follow=True)
    assert "Select the replies first." in page.text


def test_a_page_that_is_not_there_is_no_error(client: Client, post: Post) -> None:
    for query in ("?p=99", "?p=x", "?status=%00", "?nonsense=1"):
        assert client.get(QUEUE + query).status_code in {200, 302, 400}
