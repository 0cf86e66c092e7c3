"""A guest replies without JavaScript, from the link on the post's page to the reply in the thread."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.conftest import MakeUser
from tests.html import form_data
from tests.replies import MakeReply, Send


def test_a_guest_replies_from_first_link_to_the_reply_in_the_thread(
    client: Client, post: Post
) -> None:
    page = client.get(post.get_absolute_url())
    assert f'href="/{post.address}/reply/"' in page.text
    form = client.get(f"/{post.address}/reply/")
    typed = form_data(form.text, form_id="reply-form")
    typed |= {"reply": "A *fine* pear.", "name": "Wim", "email": "wim@example.org"}
    sent = client.post(f"/{post.address}/reply/", typed)
    comment = Comment.objects.get()
    assert sent.status_code == 303
    assert sent["Location"] == f"{post.get_absolute_url()}#comment-{comment.pk}"
    landed = client.get(sent["Location"])
    assert "A <em>fine</em> pear." in landed.text
    assert "waits for a moderator" in landed.text


def test_nobody_else_sees_a_reply_that_waits(post: Post, send: Send) -> None:
    send(post, reply="Psst, only me.")
    page = Client().get(post.get_absolute_url())
    assert "Psst" not in page.text


def test_an_account_sees_its_waiting_reply_on_every_device(
    post: Post, send: Send, make_user: MakeUser
) -> None:
    wim, elsewhere = make_user("wim"), Client()
    first = Client()
    first.force_login(wim)
    send(post, client=first, reply="Here I am.")
    elsewhere.force_login(wim)
    assert "Here I am." in elsewhere.get(post.get_absolute_url()).text


def test_the_form_of_an_answer_quotes_what_it_answers_and_returns_there(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    above = make_reply(post, "Which apple?", name="Ria")
    form = client.get(f"/{post.address}/reply/?to={above.pk}")
    assert "Which apple?" in form.text
    assert "Ria" in form.text
    typed = form_data(form.text, form_id="reply-form")
    client.post(
        f"/{post.address}/reply/",
        typed | {"reply": "The red one.", "name": "Wim", "email": "wim@example.org"},
    )
    assert Comment.objects.get(body="The red one.").parent == above


def test_an_account_is_asked_for_nothing_but_the_text(
    client: Client, post: Post, send: Send, make_user: MakeUser
) -> None:
    client.force_login(make_user("ria", display_name="Ria de Wit"))
    form = client.get(f"/{post.address}/reply/")
    assert 'name="email"' not in form.text
    assert "Ria de Wit" in form.text
    send(post, name="Somebody else", email="else@example.org")
    comment = Comment.objects.get()
    assert (comment.name, comment.email, comment.user.username) == ("Ria de Wit", "", "ria")


def test_errors_show_everything_that_was_typed(post: Post, send: Send) -> None:
    answer = send(
        post, name="Wim", email="not-an-address", website="example.org", reply="Long text."
    )
    assert answer.status_code == 422
    typed = form_data(answer.text, form_id="reply-form")
    assert typed["reply"] == ["Long text."] or typed["reply"] == ["\nLong text."]
    assert (typed["name"], typed["email"]) == (["Wim"], ["not-an-address"])
    assert typed["website"] == ["example.org"]
    assert not Comment.objects.exists()


def test_a_website_without_scheme_is_taken_as_https(post: Post, send: Send) -> None:
    send(post, website="example.org")
    assert Comment.objects.get().website == "https://example.org"


def test_a_preview_shows_the_very_html_and_stores_nothing(post: Post, send: Send) -> None:
    answer = send(post, reply="Such a **pear**.", name="", email="", preview="1")
    assert answer.status_code == 200
    assert "Such a <strong>pear</strong>." in answer.text
    assert "This field is required" not in answer.text
    assert "Such a **pear**." in form_data(answer.text, form_id="reply-form")["reply"][0]
    assert not Comment.objects.exists()


def test_a_preview_of_nothing_says_so(post: Post, send: Send) -> None:
    answer = send(post, reply=" ", preview="1")
    assert answer.status_code == 422
    assert "Please write something first." in answer.text


def test_a_double_click_makes_one_reply(post: Post, send: Send) -> None:
    key = "5b0d54f6-79a3-4d51-8d57-5d2c0e7b1a11"
    answers = [send(post, key=key), send(post, key=key)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Comment.objects.count() == 1


def test_another_text_from_a_form_gone_back_to_is_another_reply(post: Post, send: Send) -> None:
    key = "5b0d54f6-79a3-4d51-8d57-5d2c0e7b1a11"
    send(post, key=key, reply="First thought.")
    send(post, key=key, reply="Second thought.")
    assert Comment.objects.count() == 2


def test_the_same_text_from_another_form_is_the_same_reply_for_some_minutes(
    client: Client, post: Post, send: Send, make_reply: MakeReply
) -> None:
    """Without scripts a browser that goes back fetches a new form and puts the old text into it."""
    other = make_reply(post, "Which pears?")
    first, again = send(post), send(post)
    assert again["Location"] == first["Location"]
    send(post, to=other.pk)
    assert Comment.objects.count() == 3, "elsewhere it is another reply"
    send(post, client=Client())
    assert Comment.objects.count() == 4, "and so it is of somebody else"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        send(post)
    assert Comment.objects.count() == 5


def test_an_account_says_the_same_once_too(
    client: Client, post: Post, make_user: MakeUser, send: Send
) -> None:
    client.force_login(make_user("ada"))
    assert send(post)["Location"] == send(post)["Location"]


def test_the_fragment_is_the_form_alone_and_tells_where_the_reply_is(
    client: Client, post: Post, send: Send
) -> None:
    form = client.get(f"/{post.address}/reply/?fragment=1")
    assert form.text.strip().startswith("<form")
    assert send(post, fragment=True, reply="").status_code == 422
    answer = send(post, fragment=True)
    assert answer.status_code == 201
    assert answer["Location"] == f"/comments/{Comment.objects.get().pk}/"


def test_a_device_remembers_who_replied_only_if_asked_to(
    client: Client, post: Post, send: Send
) -> None:
    send(post)
    assert "wim@example.org" not in client.get(f"/{post.address}/reply/").text
    send(post, reply="Again.", remember="on")
    form = client.get(f"/{post.address}/reply/")
    typed = form_data(form.text, form_id="reply-form")
    assert (typed["name"], typed["email"], typed["remember"]) == (
        ["Wim"],
        ["wim@example.org"],
        ["on"],
    )
    send(post, reply="And forget me.")
    assert "wim@example.org" not in client.get(f"/{post.address}/reply/").text


def test_cookies_are_out_of_reach_of_scripts_and_worth_nothing_when_changed(
    client: Client, post: Post, send: Send
) -> None:
    answer = send(post, reply="Mine.", remember="on")
    for name in ("own_replies", "replier"):
        assert answer.cookies[name]["httponly"]
        assert answer.cookies[name]["samesite"] == "Lax"
    client.cookies["own_replies"] = f"{Comment.objects.get().pk}:forged"
    client.cookies["replier"] = '{"name": "x"}:forged'
    assert "Mine." not in client.get(post.get_absolute_url()).text
    assert client.get(f"/{post.address}/reply/").status_code == 200


def test_a_form_sent_again_and_again_pushes_no_other_reply_out_of_mind(
    client: Client, post: Post, send: Send
) -> None:
    send(post, reply="My first.")
    for _ in range(50):
        assert send(post, reply="My second.", key=uuid.UUID(int=7)).status_code == 303
    assert "My first." in client.get(post.get_absolute_url()).text


def test_the_page_is_the_same_bytes_for_all_readers_and_sets_no_cookie(
    post: Post, make_reply: MakeReply
) -> None:
    make_reply(post)
    pages = [Client().get(post.get_absolute_url()) for _reader in range(2)]
    assert pages[0].content == pages[1].content
    assert not pages[0].cookies
    assert "csrfmiddlewaretoken" not in pages[0].text


def test_a_form_open_while_the_post_moved_still_sends(post: Post, send: Send) -> None:
    post.redirects.create(path="/2001/01/former/")
    stale = Post(address="2001/01/former")
    assert send(stale).status_code == 303
    assert Comment.objects.get().post == post


def test_nothing_secret_is_on_the_page(post: Post, client: Client, make_reply: MakeReply) -> None:
    make_reply(post, email="secret@example.org", address="192.0.2.7")
    page = client.get(post.get_absolute_url())
    comment = Comment.objects.get()
    for secret in ("secret@example.org", "192.0.2.7", comment.address_hash):
        assert secret not in page.text


def test_a_missing_token_is_refused_and_shows_what_was_typed(post: Post) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer: Any = strict.post(f"/{post.address}/reply/", {"reply": "Do not lose me."})
    assert answer.status_code == 403
    assert "Do not lose me." in answer.text


def test_an_approved_reply_makes_its_browser_and_address_known(post: Post, send: Send) -> None:
    send(post)
    decide(comments=Comment.objects.all(), decision=Status.APPROVED, by=None)
    send(post, reply="Known by now.")
    assert Comment.objects.get(body="Known by now.").is_approved
