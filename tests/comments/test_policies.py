"""Who may reply where, and whose replies appear at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Author
from accounts.roles import Role
from blog import publishing
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from moderation.deciding import decide
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply, Send, take_replies


def approve_all() -> None:
    decide(comments=Comment.objects.all(), decision=Status.APPROVED, by=None)


def latest() -> Comment:
    return Comment.objects.order_by("pk").last()


# --- open ---


def test_open_holds_a_guests_first_reply_and_says_why(post: Post, send: Send) -> None:
    send(post)
    assert latest().status == Status.PENDING
    assert latest().held_because == HeldBecause.FIRST_REPLY
    assert latest().get_held_because_display() == "first reply of this person"


def test_open_shows_a_known_guests_reply_at_once(post: Post, send: Send) -> None:
    send(post)
    approve_all()
    send(post, reply="Once more.")
    assert latest().is_approved


def test_open_does_not_believe_an_address_that_another_browser_types(
    post: Post, send: Send
) -> None:
    send(post)
    approve_all()
    send(post, client=Client(), reply="I am Wim, honestly.")
    assert latest().status == Status.PENDING


def test_open_does_not_know_a_browser_by_another_address(post: Post, send: Send) -> None:
    send(post)
    approve_all()
    send(post, email="someone@example.org")
    assert latest().status == Status.PENDING


def test_open_holds_an_accounts_first_reply_and_knows_it_by_any_approved_one(
    client: Client, post: Post, send: Send, make_user: MakeUser
) -> None:
    client.force_login(make_user("ria"))
    send(post)
    assert latest().status == Status.PENDING
    approve_all()
    send(post, reply="Again.")
    assert latest().is_approved


def test_a_rejected_reply_makes_nobody_known(post: Post, send: Send) -> None:
    send(post)
    decide(comments=Comment.objects.all(), decision=Status.REJECTED, by=None)
    send(post, reply="Again.")
    assert latest().status == Status.PENDING


# --- all held ---


def test_held_holds_known_repliers_too(post: Post, send: Send) -> None:
    send(post)
    approve_all()
    take_replies(policy="held")
    send(post, reply="Again.")
    assert latest().held_because == HeldBecause.EVERY_REPLY


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_whoever_moderates_is_not_held(
    client: Client, make_post: MakePost, send: Send, make_user: MakeUser, role: Role
) -> None:
    client.force_login(make_user("mo", role=role))
    send(make_post(conversation={"policy": "held"}))
    assert latest().is_approved


@pytest.mark.parametrize("role", [None, Role.CONTRIBUTOR, Role.AUTHOR])
def test_an_author_is_not_held_under_the_own_post_but_under_others(
    client: Client, make_post: MakePost, send: Send, make_user: MakeUser, role: Role | None
) -> None:
    ada = make_user("ada", role=role)
    byline = Author.objects.get_or_create(user=ada, defaults={"name": "Ada"})[0]
    client.force_login(ada)
    send(make_post("Mine", authors=[byline], conversation={"policy": "held"}))
    assert latest().is_approved
    send(make_post("Theirs", conversation={"policy": "held"}))
    assert latest().status == Status.PENDING


# --- accounts only ---


def test_accounts_only_shows_guests_the_way_in_and_takes_nothing_from_them(
    client: Client, make_post: MakePost, send: Send
) -> None:
    post = make_post(conversation={"policy": "accounts"})
    page = client.get(post.get_absolute_url())
    assert f"/accounts/login/?next=/{post.address}/reply/" in page.text
    answer = send(post, reply="Keep this.")
    assert answer.status_code == 403
    assert "Keep this." in answer.text
    assert "Sign in to reply" in answer.text
    assert not Comment.objects.exists()


def test_accounts_only_takes_replies_of_accounts(
    client: Client, make_post: MakePost, send: Send, make_user: MakeUser
) -> None:
    client.force_login(make_user("ria"))
    assert send(make_post(conversation={"policy": "accounts"})).status_code == 303


# --- closed ---


def test_closed_says_so_and_takes_no_reply(client: Client, make_post: MakePost, send: Send) -> None:
    post = make_post(conversation={"policy": "closed"})
    page = client.get(post.get_absolute_url())
    assert "This conversation is closed." in page.text
    assert "/reply/" not in page.text
    answer = send(post, reply="Too late, but long.")
    assert answer.status_code == 403
    assert "Too late, but long." in answer.text
    assert client.get(f"/{post.address}/reply/").status_code == 403


def test_a_closed_conversation_can_still_be_read(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    make_reply(post, "From before.")
    take_replies(policy="closed")
    assert "From before." in client.get(post.get_absolute_url()).text


def test_the_sites_policy_holds_where_a_post_has_none(
    settings: Any, make_post: MakePost, send: Send
) -> None:
    settings.PARLEY_COMMENT_POLICY = "closed"
    assert send(make_post("A")).status_code == 403
    assert send(make_post("B", conversation={"policy": "open"})).status_code == 303


# --- posts that are away ---


def test_a_withdrawn_post_takes_no_reply_and_loses_no_text(post: Post, send: Send) -> None:
    publishing.withdraw(post=post, by=None)
    answer = send(post, reply="Written meanwhile.")
    assert answer.status_code == 410
    assert "Written meanwhile." in answer.text


def test_a_draft_takes_no_reply_and_shows_no_form(
    client: Client, post: Post, send: Send, make_user: MakeUser
) -> None:
    publishing.return_to_draft(post=post, by=None)
    client.force_login(make_user("mo", role=Role.ADMINISTRATOR))
    assert client.get(f"/{post.address}/reply/").status_code == 404
    answer = send(post, reply="Written meanwhile.")
    assert answer.status_code == 404
    assert "Written meanwhile." in answer.text


def test_a_post_that_never_was_takes_no_reply(client: Client, send: Send, db: None) -> None:
    nowhere = Post(address="2011/05/nowhere")
    assert client.get("/2011/05/nowhere/reply/").status_code == 404
    assert send(nowhere, reply="Hello?").status_code == 404
