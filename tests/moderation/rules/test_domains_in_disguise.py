"""A rule about a domain meets it wherever a reply names it, and in letters that look like its own."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments.models import Comment, Status
from moderation.models import Rule
from tests.moderation.rules.test_hidden_words import ADD, preview
from tests.replies import Send

OTHERS = " ".join(f"a{number}.example.org" for number in range(400))
LETTERS = " ".join(f"ü{number}.nl" for number in range(400))


@pytest.fixture
def rule(db: None) -> Rule:
    return Rule.objects.create(kind="domain", value="spam.example", effect="mute")


def taken(send: Send, post: Post, body: str, name: str = "Wim") -> Comment:
    send(post, client=Client(), reply=body, name=name)
    return Comment.objects.latest("pk")


MET = [
    ("Mooi stuk.", "spam.example"),
    ("Mooi stuk.", "Wim van spam.example"),
    ("Mooi stuk.", "Wim (www.Spam.Example)"),
    (f"{OTHERS} spam.example", "Wim"),
    (f"{LETTERS} spam.example", "Wim"),
    (f"{LETTERS} spаm.example", "Wim"),
    ("Kijk op spаm.example maar", "Wim"),
    ("Kijk op SPАM.example maar", "Wim"),
    ("Kijk op http://spаm.example/x maar", "Wim"),
    ("Kijk op [hier](http://www.spаm.example/x) maar", "Wim"),
    ("Kijk op xn--spm-7cd.example maar", "Wim"),
    ("Kijk op http://xn--spm-7cd.example/ maar", "Wim"),
]
NOT_MET = [
    ("Kijk op späm.example maar", "Wim"),
    ("Kijk op spam-example.org maar", "Wim"),
    ("Kijk op spаn.example maar", "Wim"),
    (OTHERS, "Wim de Spam"),
    ("Ну, хорошо. spam нет", "Иван"),
]


@pytest.mark.parametrize(
    ("body", "name", "met"), [(*m, True) for m in MET] + [(*n, False) for n in NOT_MET]
)
def test_a_rule_about_a_domain(
    send: Send, post: Post, desk: Client, body: str, name: str, met: bool
) -> None:
    assert taken(send, post, body, name).status == Status.PENDING
    assert f"this would have caught {met:d} repl" in preview(desk, "domain", "spam.example")
    Rule.objects.create(kind="domain", value="spam.example", effect="mute")
    assert (taken(send, post, f"{body} !", name).status == Status.MUTED) is met


def test_a_rule_about_a_copy_does_not_meet_the_domain_that_was_copied(
    send: Send, post: Post, desk: Client
) -> None:
    taken(send, post, "Kijk op spam.example maar")
    assert "this would have caught 0 repl" in preview(desk, "domain", "spаm.example")
    desk.post(ADD, {"kind": "domain", "value": "spаm.example", "effect": "mute", "save": "1"})
    assert taken(send, post, "Kijk op www.spam.example maar").status == Status.PENDING
    assert taken(send, post, "Kijk op spаm.example maar").status == Status.MUTED


def test_many_domains_ask_the_rules_in_few_queries(
    send: Send, post: Post, rule: Rule, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(60):
        assert taken(send, post, OTHERS).status == Status.PENDING
