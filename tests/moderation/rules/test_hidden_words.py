"""Words and domains that rules are about, hidden among signs that nobody sees or tells apart."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from moderation.models import Rule
from tests.replies import MakeReply, Send

ADD = "/admin/comments/rule/add/"
HIDDEN = [
    "the ca\u00adsino",
    "the c\u200ba\u200cs\u200di\u2060n\u2062o",
    "the cas\ufeffi\ufe0fno",
    "the cas\u202eino",
    "the cas\U000e0061ino",
    "the cas\x07ino",
    "the ca&shy;sino",
    "the ca&#8203;sino",
    "the ca&#x200D;sino",
    "the ca&zwj;sino",
    "the ca&ZeroWidthSpace;sino",
    "the ca&NoBreak;sino",
    "the саsіno",
    "the СASINО",
    "the cаѕіnо",
    "the сasιηο",
    "the ᴄᴀꜱɪɴᴏ",
    "the 𝐜𝐚𝐬𝐢𝐧𝐨",
    "the c&#1072;sino",
]


def preview(client: Client, kind: str, value: str) -> str:
    return " ".join(client.post(ADD, {"kind": kind, "value": value, "effect": "hold"}).text.split())


def arrived(send: Send, post: Post, body: str) -> Comment:
    send(post, client=Client(), reply=body)
    return Comment.objects.latest("pk")


@pytest.mark.parametrize("body", HIDDEN)
def test_a_rule_about_a_word_meets_it(send: Send, post: Post, desk: Client, body: str) -> None:
    assert arrived(send, post, body).held_because == HeldBecause.FIRST_REPLY
    assert "this would have caught 1 repl" in preview(desk, "word", "casino")
    Rule.objects.create(kind="word", value="casino", effect="mute")
    assert arrived(send, post, body + "!").status == Status.MUTED


@pytest.mark.parametrize("value", ["саsіno", "CA\u00adSINO", "cаsino"])
def test_a_rule_that_was_pasted_from_such_a_text_meets_the_word(
    send: Send, post: Post, desk: Client, value: str
) -> None:
    arrived(send, post, "The casino.")
    assert "this would have caught 1 repl" in preview(desk, "word", value)
    desk.post(ADD, {"kind": "word", "value": value, "effect": "mute", "save": "1"})
    assert arrived(send, post, "A casino.").status == Status.MUTED


@pytest.mark.parametrize(
    "body",
    ["Русский текст о том, как мы жили.", "Casinos.", "een modern huis", "Ελληνικά κείμενα."],
)
@pytest.mark.parametrize("value", ["casino", "modem"])
def test_other_texts_meet_no_rule(
    send: Send, post: Post, desk: Client, body: str, value: str
) -> None:
    Rule.objects.create(kind="word", value=value, effect="mute")
    assert arrived(send, post, body).status == Status.PENDING
    Rule.objects.all().delete()
    assert "this would have caught 0 repl" in preview(desk, "word", value)


@pytest.mark.parametrize(
    ("body", "met"),
    [
        ("See spam.example/path there.", True),
        ("See SPAM.Example, there.", True),
        ("(www.spam.example)", True),
        ("It is on spam.example. Go there.", True),
        ("And...spam.example!", True),
        ("-spam.example-", True),
        ("deep.below.spam.example:8080/x?y", True),
        ("write to win@spam.example", True),
        ("spam\u00ad.exa\u200bmple", True),
        ("spam.exa&shy;mple", True),
        ("spam.exa*m*ple", True),
        ("ｓｐａｍ．example", True),
        ("spam。example", True),
        ("`spam.example`", True),
        ("See notspam.example there.", False),
        ("See spam.example.org there.", False),
        ("This is spam. Example follows.", False),
        ("spam-example", False),
    ],
)
def test_a_rule_about_a_domain_meets_it_as_text(
    send: Send, post: Post, desk: Client, body: str, met: bool
) -> None:
    arrived(send, post, body)
    assert f"this would have caught {met:d} repl" in preview(desk, "domain", "spam.example")
    Rule.objects.create(kind="domain", value="spam.example", effect="mute")
    assert (arrived(send, post, body + "!").status == Status.MUTED) is met


def test_a_domain_beyond_ascii_is_met_as_text(send: Send, post: Post, desk: Client) -> None:
    for body in ("Op münchen.de/x staat het.", "Op xn--mnchen-3ya.de staat het."):
        arrived(send, post, body)
    assert "this would have caught 2 repl" in preview(desk, "domain", "münchen.de")
    Rule.objects.create(kind="domain", value="xn--mnchen-3ya.de", effect="mute")
    assert arrived(send, post, "MÜNCHEN.de!").status == Status.MUTED


def test_a_domain_that_is_only_written_is_no_trait_of_the_writer(
    post: Post, make_reply: MakeReply, desk: Client
) -> None:
    reply: Any = make_reply(post, "As config.py says, e.g.this.")
    page = desk.get(f"{ADD}?reply={reply.pk}").text
    assert "domain example.org" in page
    assert "domain config.py" not in page


@pytest.mark.parametrize("entity", ["&#769;", "&#x301;", "&#769;&zwj;"])
def test_no_pile_of_marks_is_shown_that_came_as_entities(
    send: Send, post: Post, entity: str
) -> None:
    shown = arrived(send, post, f"e{entity * 40}n").body_html
    assert shown.count("\u0301") == 4
