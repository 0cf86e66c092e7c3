"""Reporting a reply: once per reader, counted while open, closed by a decision."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import html

from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from moderation.models import Report
from tests.conftest import MakeUser
from tests.replies import MakeReply
from web import dates


@pytest.fixture
def reply(post: Post, make_reply: MakeReply) -> Comment:
    return make_reply(post, "Buy my hats.")


def address(reply: Comment) -> str:
    return f"/comments/{reply.pk}/report/"


def send(client: Client, reply: Comment, **typed: Any) -> Any:
    return client.post(address(reply), {"reason": "spam"} | typed)


def open_reports(reply: Comment) -> tuple[int, int]:
    reply.refresh_from_db()
    return reply.report_count, reply.reports.filter(closed_at=None).count()


def test_under_each_reply_a_link_leads_to_the_form(client: Client, reply: Comment) -> None:
    assert address(reply) in client.get(reply.post.get_absolute_url()).text
    page = client.get(address(reply)).text
    assert "Buy my hats." in page
    for reason in Report.Reason:
        assert str(reason.label) in page
    assert 'content="noindex"' in page


def test_a_report_reaches_the_moderators_and_is_thanked_for(client: Client, reply: Comment) -> None:
    answer = send(client, reply, reason="rude", note="It hurts.")
    assert answer.status_code == 303
    assert answer["Location"] == address(reply)
    assert "Thank you." in client.get(answer["Location"]).text
    report = Report.objects.get()
    assert (report.reason, report.note, report.user) == ("rude", "It hurts.", None)
    assert open_reports(reply) == (1, 1)


def test_an_accounts_report_names_it(client: Client, reply: Comment, make_user: MakeUser) -> None:
    ada = make_user("ada")
    client.force_login(ada)
    send(client, reply)
    assert Report.objects.get().user == ada


def test_a_reader_reports_once(client: Client, reply: Comment) -> None:
    for reason in ("rude", "spam"):
        assert send(client, reply, reason=reason).status_code == 303
    assert Report.objects.get().reason == "rude"
    assert open_reports(reply) == (1, 1)


def test_readers_are_counted_each(client: Client, reply: Comment) -> None:
    send(client, reply, HTTP_USER_AGENT="one")
    Client(HTTP_USER_AGENT="two").post(address(reply), {"reason": "rude"})
    assert open_reports(reply) == (2, 2)


@pytest.mark.parametrize(
    "typed", [{"reason": ""}, {"reason": "boring"}, {"reason": "spam", "note": "n" * 501}]
)
def test_a_form_to_mend_comes_back_with_all_that_was_typed(
    client: Client, reply: Comment, typed: dict[str, str]
) -> None:
    answer = send(client, reply, **{"note": "Look at the link."} | typed)
    assert answer.status_code == 422
    assert typed.get("note", "Look at the link.") in answer.text
    assert open_reports(reply) == (0, 0)


def test_a_script_gets_the_form_and_the_thanks_alone(client: Client, reply: Comment) -> None:
    form = client.get(f"{address(reply)}?fragment=1").text
    assert "report-form" in form
    assert "<html" not in form
    answer = client.post(f"{address(reply)}?fragment=1", {"reason": "spam"})
    assert answer.status_code == 200
    assert "report-sent" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("status", [Status.PENDING, Status.REMOVED])
def test_what_readers_do_not_see_cannot_be_reported(
    client: Client, post: Post, make_reply: MakeReply, status: Status
) -> None:
    reply = make_reply(post, status=status)
    assert client.get(address(reply)).status_code == 404
    assert send(client, reply).status_code == 404
    assert not Report.objects.exists()


def test_replies_of_a_post_that_is_away_cannot_be_reported(client: Client, reply: Comment) -> None:
    publishing.withdraw(post=reply.post, by=None)
    assert send(client, reply).status_code == 404


def test_who_reports_without_end_is_slowed_down_and_keeps_the_words(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    replies = [make_reply(post, name=f"N{n}") for n in range(11)]
    with time_machine.travel(timezone.now(), tick=False):
        answers = [send(client, reply, note="Again this one.") for reply in replies]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert answers[-1]["Retry-After"] == "600"
    assert "Again this one." in answers[-1].text


def test_a_decision_closes_the_reports_of_what_it_decides_about(
    client: Client, post: Post, reply: Comment, make_reply: MakeReply
) -> None:
    other = make_reply(post)
    send(client, reply)
    send(client, other)
    decide(comments=[reply], decision=Status.REMOVED, by=None)
    assert open_reports(reply) == (0, 0)
    assert open_reports(other) == (1, 1)


def test_a_moderator_who_keeps_a_reply_closes_its_reports(client: Client, reply: Comment) -> None:
    send(client, reply)
    decide(comments=[reply], decision=Status.APPROVED, by=None)
    assert open_reports(reply) == (0, 0)
    # Who has been answered is not heard again.
    send(client, reply)
    assert open_reports(reply) == (0, 0)


def test_a_form_without_its_token_is_refused_and_shown_again(reply: Comment) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = send(strict, reply, note="My careful words.")
    assert answer.status_code == 403
    assert "My careful words." in answer.text


def test_the_form_says_in_its_title_whose_reply_it_is_about(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    """By its moment too: two replies of one person are two pages."""
    zoe = make_reply(post, name="Zoe")
    page = html.fromstring(client.get(f"/comments/{zoe.pk}/report/").text)
    title = " ".join(page.findtext(".//title").split())
    when = dates.moment(zoe.submitted_at)
    assert title == f"Report the reply of Zoe, {when} – {post.title} – Samenspraak"
    assert page.xpath("//meta[@name='description']/@content")
    assert page.xpath("//link[@rel='canonical']/@href")
