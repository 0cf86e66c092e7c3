"""What a rule would have caught: the same replies that it would catch on their way in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Author
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment
from moderation.rules import preview as hindsight
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply, Send

pytestmark = pytest.mark.usefixtures("desk")
ADD = "/admin/comments/rule/add/"


def said_of(client: Client, value: str, kind: str = "word", **more: Any) -> str:
    page = client.post(ADD, {"kind": kind, "value": value, "effect": "hold"} | more)
    return " ".join(page.text.split())


@pytest.mark.parametrize(
    ("words", "body", "caught"),
    [
        ("casino", "The best CASINO.", True),
        ("casino", "Casinos are many.", False),
        ("casino", "The best casinò.", True),
        ("casino", "The best cas\u0131\u0307no, or casino\u0301.", True),
        ("casino", "“Quoted” words – with no such place.", False),
        ("cäsino", "The best casino.", True),
        ("casino", "the ca*si*no", True),
        ("casino", "the c&#97;sino", True),
        ("casino", "the ca\\_sino", False),
        ("strasse", "In der Straße", True),
        ("strasse", "IN DER STRAẞE", True),
        ("final", "The ﬁnal offer", True),
        ("casino", "ｃａｓｉｎｏ", True),
        ("казино", "Лучшее КАЗИНО.", True),
        ("казино", "the &#1082;азино", True),
        ("win big", "You win\n  *big* here", True),
        ("win big", "You win something big", False),
        ("100%", "It is 100% safe", True),
        ("100%", "It is 1000 safe", False),
    ],
)
def test_words_are_found_however_they_are_written(
    client: Client, post: Post, make_reply: MakeReply, words: str, body: str, caught: bool
) -> None:
    make_reply(post, body)
    assert f"this would have caught {caught:d} repl" in said_of(client, words)


def test_words_are_found_in_names(client: Client, post: Post, make_reply: MakeReply) -> None:
    for number, name in enumerate(("Casino Wim", "Càsino Wim", "Wim")):
        make_reply(post, name=name, email=f"{number}@example.org")
    assert "this would have caught 2 replies" in said_of(client, "casino")


def test_words_count_in_their_language(client: Client, post: Post, make_reply: MakeReply) -> None:
    for language in ("nl", "en", "en-GB"):
        reply = make_reply(post, "The casino.")
        Comment.objects.filter(pk=reply.pk).update(language=language)
    assert "this would have caught 2 replies" in said_of(client, "casino", language="en")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("domain", "münchen.de"),
        ("domain", "MÜNCHEN.de"),
        ("domain", "xn--mnchen-3ya.de"),
        ("email", "*@münchen.de"),
        ("email", "*@MÜNCHEN.DE"),
        ("email", "x@MÜNCHEN.de"),
    ],
)
@pytest.mark.parametrize(
    "typed",
    [
        {"email": "x@münchen.de"},
        {"email": "x@MÜNCHEN.de", "website": "https://MÜNCHEN.DE/"},
        {"email": "x@xn--mnchen-3ya.de", "reply": "See https://münchen.de/ there."},
    ],
)
def test_a_domain_beyond_ascii_is_counted_as_it_will_be_kept_out(
    client: Client, post: Post, send: Send, kind: str, value: str, typed: dict[str, str]
) -> None:
    guest = Client()
    send(post, client=guest, **typed)
    send(post, client=guest, reply="Another one.")
    assert "this would have caught 1 repl" in said_of(client, value, kind)
    said_of(client, value, kind, effect="ban", save="1")
    again = {"reply": f"Again: {typed.get('reply', '')}"}
    assert send(post, client=guest, **typed | again).status_code == 403


@pytest.mark.parametrize(
    ("website", "caught"), [("https://münchen.de/", True), ("https://muenchen.de/", False)]
)
def test_a_website_alone_is_enough_for_its_domain(
    client: Client, post: Post, send: Send, website: str, caught: bool
) -> None:
    send(post, client=Client(), website=website)
    assert f"this would have caught {caught:d} repl" in said_of(client, "MÜNCHEN.de", "domain")


def test_a_domain_is_counted_however_it_is_spelled_in_a_link(
    client: Client, post: Post, send: Send
) -> None:
    send(post, client=Client(), reply="See [this](http://pears%2Eexample/).")
    assert "this would have caught 1 repl" in said_of(client, "pears.example", "domain")


@pytest.mark.parametrize(("kind", "value"), [("word", "casino"), ("email", "*@example.org")])
def test_nobody_at_home_under_the_post_is_counted(
    client: Client,
    make_post: MakePost,
    make_reply: MakeReply,
    make_user: MakeUser,
    kind: str,
    value: str,
) -> None:
    ada, bea = (make_user(name, role=Role.AUTHOR) for name in ("ada", "bea"))
    post = make_post("Mine", authors=[Author.objects.get(user=ada)])
    for user in (ada, bea, None):
        make_reply(post, "The casino.", user=user)
    assert "this would have caught 2 replies" in said_of(client, value, kind)


def test_counting_ends_where_more_would_tell_nothing_new(
    client: Client, post: Post, make_reply: MakeReply, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_reply(post, "The casino.", email=f"{number}@example.org")
    assert "more replies than could be looked at" not in said_of(client, "casino")
    monkeypatch.setattr(hindsight, "MOST_COUNTED", 2)
    said = said_of(client, "casino")
    assert "this would have caught 2 replies" in said
    assert "There were more replies than could be looked at" in said
