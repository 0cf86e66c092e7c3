"""What rules do to replies: whom and what they meet, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.editing import edit_reply
from moderation.models import Rule
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply, Send


@pytest.fixture(autouse=True)
def known(make_reply: MakeReply, post: Post, make_user: MakeUser) -> None:
    """Ria, whose replies appear at once."""
    make_reply(post, user=make_user("ria"))


def rule(kind: str, value: str, effect: str = "ban", **fields: Any) -> Rule:
    return Rule.objects.create(kind=kind, value=value, effect=effect, **fields)


@pytest.mark.parametrize(
    ("kind", "value", "typed", "caught"),
    [
        ("email", "wim@example.org", {"email": "Wim@Example.org"}, True),
        ("email", "wim@example.org", {"email": "wim@example.com"}, False),
        ("email", "*@spam.example", {"email": "any@spam.example"}, True),
        ("email", "*@spam.example", {"email": "any@below.spam.example"}, False),
        ("domain", "spam.example", {"email": "any@below.spam.example"}, True),
        ("domain", "spam.example", {"website": "https://www.Spam.example:8080/x"}, True),
        ("domain", "spam.example", {"reply": "See [this](https://a.b.spam.example/x)."}, True),
        ("domain", "spam.example", {"reply": "See https://notspam.example/ there."}, False),
        ("domain", "spam.example", {"reply": "See https://ham.example/spam.example."}, False),
        ("domain", "xn--mnchen-3ya.example", {"website": "https://münchen.example/"}, True),
        ("domain", "spam.example", {"reply": "See [this](http://spam%2Eexample/)."}, True),
        ("domain", "spam.example", {"reply": "See HTTPS://spam.example/ there."}, True),
        ("domain", "spam.example", {"website": "//spam.example/"}, True),
        ("email", "x@xn--mnchen-3ya.example", {"email": "x@münchen.example"}, True),
        ("word", "casino", {"reply": "The best CASINO."}, True),
        ("word", "casino", {"reply": "Casinos are many."}, False),
        ("word", "cäsino", {"reply": "the casino"}, True),
        ("word", "casino", {"reply": "the ca*si*no"}, True),
        ("word", "casino", {"name": "Casino Wim"}, True),
        ("word", "win big", {"reply": "You *win*\nbig here"}, True),
        ("word", "c++", {"reply": "I write c++ code"}, True),
        ("word", "c++", {"reply": "vitamin c is good"}, False),
    ],
)
def test_a_guests_reply_meets_a_rule(
    post: Post, send: Send, kind: str, value: str, typed: dict[str, str], caught: bool
) -> None:
    rule(kind, value)
    before = Comment.objects.count()
    answer = send(post, **typed)
    assert answer.status_code == (403 if caught else 303)
    assert Comment.objects.count() == before + (not caught)


def test_what_was_typed_comes_back_with_a_calm_sentence(post: Post, send: Send) -> None:
    rule("email", "wim@example.org", note="Quarrels")
    answer = send(post, reply="All I wanted to say.")
    assert "All I wanted to say." in answer.text
    assert "This site does not take this reply." in answer.text
    assert "Quarrels" not in answer.text


def test_an_account_is_known_by_its_name_and_its_address(
    client: Client, post: Post, send: Send, make_user: MakeUser
) -> None:
    for number, (kind, value) in enumerate([("account", "eve0"), ("email", "eve1@example.org")]):
        rule(kind, value)
        client.force_login(make_user(f"eve{number}"))
        assert send(post).status_code == 403


def test_a_network_address_is_known_as_the_reply_has_it(
    client: Client, post: Post, send: Send
) -> None:
    send(post)
    rule("address", Comment.objects.latest("pk").address_hash)
    assert send(post, email="other@example.org").status_code == 403
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert send(post, email="other@example.org").status_code == 303


@pytest.mark.parametrize("german", ["de", "de-AT"])
def test_a_word_counts_in_its_language(post: Post, send: Send, german: str) -> None:
    rule("word", "gift", language="de")
    assert send(post, reply="A gift.").status_code == 303
    Post.objects.update(language=german)
    assert send(post, reply="Ein Gift.").status_code == 403


def test_a_rule_that_is_over_does_nothing(post: Post, send: Send) -> None:
    over = rule("word", "casino", expires_at=timezone.now() - timedelta(minutes=1))
    assert send(post, reply="casino").status_code == 303
    Rule.objects.filter(pk=over.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    assert send(post, reply="A casino.").status_code == 403


def test_what_is_held_by_a_rule_waits(client: Client, post: Post, send: Send) -> None:
    rule("word", "casino", "hold")
    ria = Comment.objects.get().user
    assert ria is not None
    client.force_login(ria)
    send(post, reply="casino")
    held = Comment.objects.latest("pk")
    assert (held.status, held.held_because) == (Status.PENDING, HeldBecause.RULE)


def test_the_strictest_rule_counts(post: Post, send: Send) -> None:
    for number, effect in enumerate(("hold", "mute", "ban")):
        rule("word", f"casino{number}", effect)
    send(post, reply="casino0 casino1")
    assert Comment.objects.latest("pk").status == Status.MUTED
    assert send(post, reply="casino0 casino1 casino2").status_code == 403


def test_authors_of_the_post_and_moderators_are_never_met(
    client: Client, make_post: MakePost, send: Send, make_user: MakeUser, mo: User
) -> None:
    rule("word", "casino")
    ada = make_user("ada", role=Role.AUTHOR)
    mine = make_post("Mine", authors=[Author.objects.get(user=ada)])
    for user, answer in ((ada, 303), (mo, 303), (make_user("eve"), 403)):
        client.force_login(user)
        assert send(mine, reply="A word on casino.").status_code == answer


def test_a_reply_that_is_changed_into_what_a_rule_meets_waits(
    post: Post, make_reply: MakeReply
) -> None:
    rule("word", "casino", "mute")
    comment = Comment.objects.get()
    edit_reply(comment=comment, body="Now about a casino.")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("number", [1, 300])
def test_one_query_finds_the_rules_however_many_there_are(
    post: Post, send: Send, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kinds = ("word", "domain", "email", "account", "address")
    Rule.objects.bulk_create(
        Rule(kind=kind, value=f"w{n}", effect="ban") for n in range(number) for kind in kinds
    )
    with django_assert_max_num_queries(20) as queries:
        assert send(post).status_code == 303
    assert len([one for one in queries.captured_queries if "moderation_rule" in one["sql"]]) == 1


def test_a_rule_is_met_by_any_of_many_links(post: Post, send: Send) -> None:
    rule("domain", "spam.example")
    links = " ".join(f"https://{n}.example/" for n in range(60))
    assert send(post, reply=links).status_code == 303
    assert send(post, reply=f"{links} https://spam.example/").status_code == 403
    # They are asked about in parts, in no order: ten in the first part would be a rare chance.
    for n in range(0, 60, 6):
        Rule.objects.update(value=f"{n}.example")
        assert send(post, reply=f"All: {links}").status_code == 403


def test_a_rule_counts_at_once(post: Post, send: Send) -> None:
    assert send(post, reply="casino").status_code == 303
    made = rule("word", "casino")
    assert send(post, reply="casino!").status_code == 403
    made.delete()
    assert send(post, reply="casino?").status_code == 303


def test_a_domain_in_letters_of_its_own_is_met_as_it_is_typed(post: Post, send: Send) -> None:
    Rule.objects.create(kind="email", value="*@xn--bcher-kva.example", effect="ban")
    assert send(post, email="wim@bücher.example").status_code == 403
