"""A name that reads like an author's or a moderator's is held, and says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, HeldBecause, Status
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from tests.conftest import MakeUser
from tests.moderators import QUEUE
from tests.replies import MakeReply
from tests.spam.conftest import Fill, Found


@pytest.fixture(autouse=True)
def people(make_user: MakeUser) -> None:
    """Ada O’Brien, who has written here; Mo, who moderates."""
    make_user("ada", role=Role.AUTHOR, display_name="Ada O’Brien")
    make_user("mo", role=Role.MODERATOR, display_name="Mo Kirn")


@pytest.mark.parametrize(
    "name",
    [
        "Ada O’Brien",
        "ADA O'BRIEN",
        "Adа OBrіen",
        "Àda O’Bríën",
        "Ａｄａ Ｏ’Ｂｒｉｅｎ",
        "𝐀𝐝𝐚 𝐎𝐁𝐫𝐢𝐞𝐧",
        "Ada 0’Brien",
        "Ada O’Br1en",
        "Ada O’Brien ✓ author",
        "Ada O’Brien (admin)",
        "🛡 Ada O’Brien",
        "Ada O’Brien 🛡️ Moderator",
        "[Redactie] Ada O’Brien",
        "Ada O’Brien – Autorin",
        "Mo Kim",
        "mo kirn",
    ],
)
def test_such_a_name_is_held_and_says_so(
    client: Client, fill: Fill, post: Post, found: Found, name: str
) -> None:
    reply = fill(post, "Thank you all for writing.", name=name)
    assert reply.status == Status.PENDING
    assert found(reply)["namesake"] == 5
    client.force_login(User.objects.get(username="mo"))
    whose = "Mo Kirn" if name[0] in "Mm" else "Ada O’Brien"
    assert f"its name reads like that of {whose}" in client.get(QUEUE).text


@pytest.mark.parametrize(
    "name", ["Ada", "Adam O’Brien", "Brien", "Moderator", "✓", "Мо", "Kim", "Wim"]
)
def test_another_name_is_not(fill: Fill, post: Post, found: Found, name: str) -> None:
    assert "namesake" not in found(fill(post, "Thank you all for writing.", name=name))


@pytest.mark.parametrize(
    "name",
    [
        "Mirthe O|denkamp",
        "Mirthe Oldenkamp (the author)",
        "Mirthe Oldenkamp ✓ auth0r",
        "Mirthe Oldenkamp, hoofdredacteur",
        "Mirthe Oldenkamp | Krant",
        "De echte Mirthe Oldenkamp",
        "Mirthe Oldenkamp 2",
        "Jan ✓ auth0r",
        "Jan, de redacteur",
        "Jan|redactie",
    ],
)
def test_a_whole_name_beside_other_words_is_held(
    make_user: MakeUser, fill: Fill, post: Post, found: Found, name: str
) -> None:
    make_user("mirthe", role=Role.AUTHOR, display_name="Mirthe Oldenkamp")
    make_user("jan", role=Role.AUTHOR, display_name="Jan")
    assert found(fill(post, "Thank you all for writing.", name=name))["namesake"] == 5


@pytest.mark.parametrize(
    "name",
    [
        *("Jan de Vries", "Jan Oldenkamp", "Mirthe de Wit", "Mirthe", "Piet van Dijk", "Janneke"),
        *("Martine Jansen", "Anne Mirthe Oldenkampen", "Jan de Auteuil", "De Jan de Boer"),
        "Vries, Jan",
    ],
)
def test_the_name_of_somebody_else_is_not_for_its_parts(
    make_user: MakeUser, fill: Fill, post: Post, found: Found, name: str
) -> None:
    for number, author in enumerate(
        ["Mirthe Oldenkamp", "Jan", "Van Dijk", "Martine", "Jan Boer", "Jan Vries"]
    ):
        make_user(f"author{number}", role=Role.AUTHOR, display_name=author)
    assert "namesake" not in found(fill(post, "Thank you all for writing.", name=name))


def test_it_is_held_however_well_its_writer_is_known(
    post: Post, make_reply: MakeReply, found: Found
) -> None:
    guest: dict[str, Any] = {"name": "Wim", "email": "wim@example.org"}
    known = [make_reply(post, f"Point {n}.", **guest).pk for n in range(12)]
    guest["name"] = "Ada O’Brien"
    reply = post_comment(
        post=post, body="As I said.", language="en", visitor=Visitor(own_replies=known), **guest
    )
    assert (reply.status, reply.held_because) == (Status.PENDING, HeldBecause.FILTER)


def test_an_account_has_its_own_name_and_nobody_elses(
    post: Post, ria: User, found: Found, fill: Fill
) -> None:
    ada = User.objects.get(username="ada")
    assert "namesake" not in found(fill(post, "I wrote of this too.", user=ada))
    User.objects.filter(pk=ria.pk).update(display_name="Ada O'Brien")
    reply = fill(post, "So I say.", user=ria)
    assert (reply.status, found(reply)["namesake"]) == (Status.PENDING, 5)


def test_a_guest_author_without_an_account_counts(fill: Fill, post: Post, found: Found) -> None:
    Author.objects.create(name="Gast Schrijver")
    assert found(fill(post, "Thank you.", name="Gast Schrijver"))["namesake"] == 5
    assert Comment.objects.latest("pk").status == Status.PENDING
