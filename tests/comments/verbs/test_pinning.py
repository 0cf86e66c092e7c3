"""One reply stands first, as the post's authors want it."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.models import Conversation, Status
from moderation.deciding import decide, undo
from tests.comments.thread.test_threads import fill, replies_on
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply


def lead(client: Client, led: Post, **pressed: object) -> int:
    return client.post(f"/{led.address}/replies/lead/", pressed).status_code


def pinned_on(led: Post, query: str = "") -> str:
    page = html.fromstring(Client().get(led.get_absolute_url() + query).text)
    return page.xpath("normalize-space(//article[@class='pinned'])")


def test_an_author_pins_a_reply_and_readers_see_it_first_and_in_its_place(
    author: Client, led: Post, make_reply: MakeReply
) -> None:
    make_reply(led, "Not this.")
    reply = make_reply(led, "Read this first.", name="Zoe")
    assert lead(author, led, pin=reply.pk) == 303
    assert "Pinned" in pinned_on(led)
    assert "Zoe Read this first." in pinned_on(led)
    rows = replies_on(Client().get(led.get_absolute_url()))
    assert [row.xpath("count(.//span[.='pinned'])") for row in rows] == [0, 1]


def test_a_second_pin_takes_the_place_of_the_first(
    author: Client, led: Post, make_reply: MakeReply
) -> None:
    first, second = make_reply(led, "One."), make_reply(led, "Two.")
    for reply in (first, second, second):
        lead(author, led, pin=reply.pk)
    assert "Two." in pinned_on(led)
    assert Conversation.objects.get().pinned == second
    lead(author, led, unpin=second.pk)
    assert pinned_on(led) == ""


def test_a_pinned_reply_of_a_late_page_stands_on_the_first(author: Client, led: Post) -> None:
    rows = fill(led, 250)
    lead(author, led, pin=rows[-1].pk)
    assert "Number 249." in pinned_on(led)
    page = Client().get(led.get_absolute_url())
    assert len(replies_on(page)) == 100
    assert f"/comments/{rows[-1].pk}/" in page.text
    assert "Page 1 of 3" in page.text
    assert pinned_on(led, "?thread=2") == ""
    assert pinned_on(led, "?sort=newest") == ""


@pytest.mark.parametrize("status", [Status.REMOVED, Status.SPAM, Status.PENDING])
def test_a_pinned_reply_that_is_withdrawn_is_nowhere_till_that_is_taken_back(
    author: Client, led: Post, make_reply: MakeReply, status: Status
) -> None:
    reply = make_reply(led)
    lead(author, led, pin=reply.pk)
    batch = decide(comments=[reply], decision=status, by=None).batch
    assert pinned_on(led) == ""
    undo(batch=batch, by=None)
    assert reply.body in pinned_on(led)


def test_only_what_readers_see_is_pinned(
    author: Client, led: Post, make_post: MakePost, make_reply: MakeReply
) -> None:
    waiting = make_reply(led, status=Status.PENDING)
    foreign = make_reply(make_post("Another"))
    for pk in (waiting.pk, foreign.pk, 0, "x", "9" * 40, ""):
        assert lead(author, led, pin=pk) == 404
    assert not Conversation.objects.exclude(pinned=None).exists()


@pytest.mark.parametrize(
    ("role", "code"),
    [(None, 403), (Role.CONTRIBUTOR, 403), (Role.AUTHOR, 403), (Role.MODERATOR, 303)],
)
def test_of_others_only_moderators_pin(
    client: Client,
    led: Post,
    make_reply: MakeReply,
    make_user: MakeUser,
    role: Role | None,
    code: int,
) -> None:
    reply = make_reply(led)
    client.force_login(make_user("ben", role=role))
    assert lead(client, led, pin=reply.pk) == code
    assert ('id="lead"' in client.get(led.get_absolute_url()).text) is (code == 303)


def test_who_is_not_signed_in_leads_nothing(led: Post, make_reply: MakeReply) -> None:
    reply = make_reply(led)
    assert lead(Client(), led, pin=reply.pk) == 403
    assert 'id="lead"' not in Client().get(led.get_absolute_url()).text


def test_the_buttons_need_their_token(led: Post, make_reply: MakeReply) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="ada"))
    reply = make_reply(led)
    assert lead(strict, led, pin=reply.pk) == 403
    page = html.fromstring(strict.get(led.get_absolute_url()).text)
    (form,) = page.xpath("//form[@id='lead']")
    assert lead(strict, led, **dict(form.form_values()), pin=reply.pk) == 303


def test_a_button_that_is_none_is_refused(author: Client, led: Post) -> None:
    assert lead(author, led, dance="1") == 400
