"""Spam whose words hide among signs that nobody sees or tells apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from spam.learning import learn_from
from tests.replies import MakeReply
from tests.spam.conftest import Fill, Found

PLAIN = "Our online casino pays more than every other house that you have ever been to."
Hide = Callable[[str], str]
HIDES: list[Hide] = [
    "\u00ad".join,
    lambda text: text.replace("a", "a\u200b").replace("o", "\u2060o\ufe0f"),
    lambda text: text.replace("a", "&shy;a").replace("o", "o&#8203;"),
    lambda text: text.replace("a", "а").replace("o", "ο").replace("e", "е"),
    lambda text: text.replace("n", "ｎ").replace("i", "𝗂"),
    lambda text: text.replace("casino", "ca**si**no").replace("online", "on*l*ine"),
]


@pytest.mark.parametrize("hide", HIDES)
def test_known_phrases_are_found(fill: Fill, post: Post, found: Found, hide: Hide) -> None:
    assert found(fill(post, hide(PLAIN)))["known_bad"] >= 3


@pytest.mark.parametrize("hide", HIDES)
def test_a_text_that_came_before_is_known_again(
    fill: Fill, post: Post, found: Found, hide: Hide
) -> None:
    first = fill(post, PLAIN)
    assert fill(post, hide(PLAIN), address="192.0.2.9").text_hash == first.text_hash


@pytest.mark.parametrize("hide", HIDES)
def test_words_that_were_learned_are_known_again(
    fill: Fill, post: Post, found: Found, make_reply: MakeReply, mo: User, hide: Hide
) -> None:
    kinds = {Status.SPAM: "Velvet kettles gleam.", Status.APPROVED: "Quiet herons wade."}
    for status, text in kinds.items():
        replies = [make_reply(post, f"{text} {n}", status=Status.PENDING) for n in range(20)]
        decide(comments=replies, decision=status, by=mo)
        learn_from([reply.pk for reply in replies])
    Comment.objects.all().update(text_hash=None)
    assert found(fill(post, "Velvet kettles gleam."))["learned"] > 0
    assert found(fill(post, hide("Velvet kettles gleam.")))["learned"] > 0


@pytest.mark.parametrize(
    "body",
    [
        "See bit.ly/abc.",
        "See https://bit\u00ad.ly/abc",
        "ｂｉｔ.ly/abc",
        "[x](ht&#116;ps://bit.ly/a)",
    ],
)
def test_a_listed_domain_is_found_however_it_is_written(
    fill: Fill, post: Post, found: Found, body: str
) -> None:
    assert found(fill(post, body))["known_bad"] == 2


def test_links_count_whose_addresses_are_written_in_signs_of_html(
    fill: Fill, post: Post, found: Found
) -> None:
    body = "".join(f"[{n}](ht&#116;ps://{n}.example/) " for n in "abc")
    assert found(fill(post, body))["links"] == 2


def test_what_is_quoted_does_not_count_as_said_again(fill: Fill, post: Post, found: Found) -> None:
    fill(post, PLAIN)
    answer = fill(post, f"> {PLAIN}\n>\n> > {PLAIN}\n\nNo.", address="192.0.2.9")
    assert answer.text_hash is None
