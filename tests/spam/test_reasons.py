"""Where moderators read why a reply was held, and in which language."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from lxml import html

from accounts.models import User
from blog.models import Post
from comments.models import Comment
from spam.base import SpamRule
from spam.rules import RULES
from spam.words import reasons
from tests.moderators import QUEUE
from tests.spam.conftest import Fill

# Facts of each sort that a rule stores.
FACTS: dict[str, list[dict[str, Any]]] = {
    "honeypot": [{}],
    "haste": [{}, {"seconds": 1}, {"seconds": 7}],
    "repeated": [{"n": 1, "spam": 0}, {"n": 1, "spam": 1}, {"n": 4, "spam": 2}],
    "links": [{"n": 2}, {"n": 1, "domain": "a.example", "spam": 4, "decided": 5}],
    "language": [{"percent": 80}, {"seen": "de", "expected": "nl"}, {"expected": "nl"}],
    "rate": [{"n": 5}],
    "known_bad": [{"found": ["viagra"], "markup": True}],
    "namesake": [{"name": "Ada", "holds": True}],
    "learned": [{"percent": 99}, {"percent": 1}],
    "known_person": [{"approved": 3}, {"spam": 1}],
    "akismet": [{"answer": "ham"}, {"answer": "spam"}, {"answer": "blatant"}],
}


def shown_at(client: Client, mo: User, address: str) -> list[str]:
    client.force_login(mo)
    page = html.fromstring(client.get(address).text)
    items = page.xpath("//ul[@class='queue-why']/li")
    # The policy's reason stands first.
    return [" ".join(item.text_content().split()) for item in items][1:]


def test_the_queue_and_the_page_of_a_reply_say_why(
    client: Client, post: Post, mo: User, fill: Fill
) -> None:
    comment = fill(post, "Buy viagra", subject="x", seconds=2)
    expected = [
        "the field that people do not see was filled in (+6)",
        "sent 2 seconds after the form was opened (+3)",
        "it contains what spam contains: “buy viagra” (+3)",
    ]
    queue = f"{QUEUE}?status=all"
    assert shown_at(client, mo, queue) == expected
    assert shown_at(client, mo, f"{QUEUE}{comment.pk}/change/") == expected


def test_a_writers_words_are_quoted_and_not_obeyed(
    client: Client, post: Post, mo: User, fill: Fill
) -> None:
    comment = fill(post, "Hm.")
    facts = {"found": ["<script>alert(1)</script>"], "markup": False}
    Comment.objects.update(findings=[{"rule": "known_bad", "score": 3, "facts": facts}])
    page = f"{QUEUE}{comment.pk}/change/"
    assert "<script>alert(1)" not in client.get(page).text
    assert "<script>alert(1)</script>" in shown_at(client, mo, page)[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_every_rule_has_words_for_every_fact(rule: SpamRule, language: str) -> None:
    stored = [{"rule": rule.id, "score": -2, "facts": facts} for facts in FACTS[rule.id]]
    with translation.override(language):
        said = reasons(Comment(findings=stored))
    assert all(reason.words and "%(" not in reason.words for reason in said)
    assert len({reason.words for reason in said}) == len(stored)
    assert said[0].signed == "−2"


def test_what_a_rule_found_that_is_gone_is_not_shown() -> None:
    assert reasons(Comment(findings=[{"rule": "of_old", "score": 3, "facts": {}}])) == []
