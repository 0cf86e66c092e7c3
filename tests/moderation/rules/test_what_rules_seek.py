"""What rules seek in a reply is stored beside it, follows whatever changes, and is read by all who ask."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from blog.models import Post
from comments.derived import derive_words
from comments.models import Comment, Status
from comments.verbs.claiming import claim
from comments.verbs.editing import edit_reply, erase_replies
from moderation.models import Rule
from moderation.rules.applying import matching
from moderation.rules.preview import would_have_caught
from tests.conftest import MakeUser
from tests.moderation.rules.test_domains_in_disguise import LETTERS, OTHERS
from tests.moderation.rules.test_hidden_words import HIDDEN
from tests.replies import MakeReply, Send

BODIES = (
    *HIDDEN,
    "The best casinò, 100% safe.",
    "Op münchen.de/x staat het.",
    "Kijk op [hier](http://www.spаm.example/x) maar",
    "Kijk op xn--spm-7cd.example maar",
    "deep.below.spam.example:8080/x?y",
    "See spam.example.org there.",
    f"{OTHERS} spam.example",
    f"{LETTERS} spаm.example",
)
RULES = (
    *(
        ("word", words)
        for words in ("casino", "cаsino", "the", "th", "100%", "casino 100%", "guest")
    ),
    *(
        ("domain", name)
        for name in ("spam.example", "xn--mnchen-3ya.de", "example.org", "a7.example.org")
    ),
    *(("email", name) for name in ("*@example.org", "guest@example.org", "ria@example.org")),
    *(("account", name) for name in ("ria", "nobody")),
)


def seen(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.folded_text, comment.domains


@pytest.mark.parametrize(("kind", "value"), RULES)
def test_a_rule_would_have_caught_what_it_meets(
    post: Post, make_reply: MakeReply, make_user: MakeUser, kind: str, value: str
) -> None:
    for number, body in enumerate(BODIES):
        make_reply(post, body, email=f"guest+{number}@example.org")
    make_reply(post, "The casino.", user=make_user("ria"))
    rule = Rule.objects.create(kind=kind, value=value, effect="hold")
    met = {reply.pk for reply in Comment.objects.all() if rule in matching(reply)}
    caught = would_have_caught(rule)
    assert caught.number == len(met)
    assert {reply.pk for reply in caught.newest} <= met


def test_another_name_of_an_account_is_sought_and_the_former_is_not(
    post: Post, make_reply: MakeReply, make_user: MakeUser, run_tasks: Callable[[], Any]
) -> None:
    ria = make_user("ria", display_name="Ria van Casino.Example")
    reply = make_reply(post, "Well *said*.", user=ria)
    assert seen(reply) == ("ria van casino.example well *said*. well said.", ".casino.example ")
    ria.display_name = "Ría"
    ria.save()
    run_tasks()
    assert seen(reply) == ("ria well *said*. well said.", "")


def test_a_claimed_reply_has_the_name_of_the_account_and_no_website(
    post: Post, make_reply: MakeReply, make_user: MakeUser, run_tasks: Callable[[], Any]
) -> None:
    typed = {"name": "Wim", "email": "w@example.com", "website": "https://wim.example/"}
    reply = make_reply(post, "See pears.example.", **typed)
    assert seen(reply) == ("wim see pears.example.", ".pears.example .wim.example ")
    claim(user=make_user("ria", display_name="Ria"), email="w@example.com")
    run_tasks()
    assert seen(reply) == ("ria see pears.example.", ".pears.example ")


def test_another_text_is_sought_and_of_an_erased_one_nothing(
    post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post, "See pears.example.")
    stale = Comment.objects.get(pk=reply.pk)
    Comment.objects.filter(pk=reply.pk).update(name="Wim")
    edit_reply(comment=stale, body="See apples.example.")
    assert seen(reply) == ("wim see apples.example.", ".apples.example ")
    erase_replies(comments=[reply])
    assert seen(reply) == ("", "")


def test_after_an_upgrade_it_is_derived_anew(post: Post, make_reply: MakeReply) -> None:
    reply = make_reply(post, "See pears.example.")
    before = seen(reply)
    Comment.objects.update(folded_text="", domains="")
    told = StringIO()
    call_command("render_again", stdout=told)
    assert seen(reply) == before
    assert "1 rendered, 0 read otherwise now" in told.getvalue().split("replies: ")[1]


def test_what_demo_data_stores_is_what_follows_from_its_texts(db: None) -> None:
    call_command("demo_data", posts=3, replies=30, verbosity=0, stdout=StringIO())
    replies = list(Comment.objects.all())
    assert replies
    for reply in replies:
        stored = reply.folded_text, reply.domains
        derive_words(reply)
        assert (reply.folded_text, reply.domains) == stored


@pytest.mark.parametrize(
    "host", ["a%00b.spam.example", "a%20b.spam.example", "xn--99999999.spаm.example"]
)
def test_a_host_that_cannot_be_hides_no_domain(post: Post, send: Send, host: str) -> None:
    Rule.objects.create(kind="domain", value="spam.example", effect="mute")
    send(post, client=Client(), reply=f"See [this](http://{host}/).")
    reply = Comment.objects.get()
    assert reply.status == Status.MUTED
    assert "\0" not in reply.domains
