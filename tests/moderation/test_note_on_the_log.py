"""The note beside a decision on the page of one reply, which is not lost where the decision is not taken."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.conftest import MakeUser
from tests.moderation.conftest import button
from tests.moderators import QUEUE
from tests.replies import MakeReply

TYPED = 'Sells "pears" & apples'


@pytest.fixture
def decided(post: Post, make_reply: MakeReply, make_user: MakeUser) -> Comment:
    """A reply that Ed decided about while Mo, who saw it wait, typed a note."""
    comment = make_reply(post, status=Status.PENDING)
    decide(comments=[comment], decision=Status.SPAM, by=make_user("ed", role=Role.EDITOR))
    return comment


def test_who_comes_second_finds_the_note_on_the_page_as_it_is_now(
    desk: Client, mo: User, decided: Comment
) -> None:
    address = f"{QUEUE}{decided.pk}/change/"
    answer = desk.post(address, {**button("rejected", decided), "note": TYPED})
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert page.xpath("//input[@name='note']/@value") == [TYPED]
    assert "there is a decision already, spam (ed, " in page.text_content()
    assert not decided.decisions.filter(by=mo).exists()
    (version,) = page.xpath(f"//input[@name='version-{decided.pk}']/@value")
    (again,) = page.xpath("//button[@name='rejected']/@value")
    pressed = {"rejected": again, f"version-{decided.pk}": version, "note": TYPED}
    desk.post(address, pressed)
    assert decided.decisions.get(by=mo).note == TYPED


def test_the_note_is_empty_otherwise(desk: Client, decided: Comment) -> None:
    address = f"{QUEUE}{decided.pk}/change/"
    decided.refresh_from_db()
    pressed = {**button("rejected", decided), "note": TYPED}
    for page in (desk.get(address), desk.post(address, pressed, follow=True)):
        assert not html.fromstring(page.text).xpath("//input[@name='note']/@value")


def test_what_no_database_keeps_is_left_out_of_the_note(
    desk: Client, mo: User, decided: Comment
) -> None:
    address = f"{QUEUE}{decided.pk}/change/"
    decided.refresh_from_db()
    pressed = {**button("rejected", decided), "note": "Sells\x00 pears"}
    assert desk.post(address, pressed).status_code == 302
    assert decided.decisions.get(by=mo).note == "Sells pears"
