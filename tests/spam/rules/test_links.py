"""Links by their number, and by what became of replies that led to the same place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from blog.models import Post
from comments.models import Status
from moderation.deciding import decide
from spam.words import reasons
from tests.replies import MakeReply
from tests.spam.conftest import Fill, Found

Decided = Callable[[int, Status], None]


@pytest.fixture
def decided(make_reply: MakeReply, post: Post, mo: User, run_tasks: Callable[[], None]) -> Decided:
    """decided(4, Status.SPAM): that many replies led to shop.example, and a moderator said so."""

    def decide_many(number: int, status: Status) -> None:
        body = "See https://shop.example/{} and shop.example."
        replies = [make_reply(post, body.format(n), status=Status.PENDING) for n in range(number)]
        decide(comments=replies, decision=status, by=mo)
        run_tasks()

    return decide_many


@pytest.mark.parametrize(("number", "score"), [(1, None), (2, 1), (4, 2), (5, 4)])
def test_the_more_links_the_more_it_looks_like_spam(
    post: Post, fill: Fill, found: Found, number: int, score: int | None
) -> None:
    text = " ".join(f"[here](https://site{n}.example/a?b=c)" for n in range(number))
    assert found(fill(post, text)).get("links") == score


def test_a_domain_keeps_the_name_that_moderators_gave_it(
    post: Post, fill: Fill, found: Found, decided: Decided
) -> None:
    decided(4, Status.SPAM)
    decided(1, Status.APPROVED)
    comment = fill(
        post, "Look: http://WWW.Shop.example:80/x, http://a.example and https://b.example."
    )
    assert found(comment)["links"] == 7
    (reason,) = reasons(comment)
    assert reason.words == "3 links, one to shop.example, whose replies were spam 4 of 5 times"


def test_the_writers_own_website_counts_too(post: Post, fill: Fill, decided: Decided) -> None:
    decided(3, Status.SPAM)
    comment = fill(post, "How true.", website="https://shop.example/")
    (reason,) = reasons(comment)
    assert reason.words == ("the website is on shop.example, whose replies were spam 3 of 3 times")


def test_one_decision_gives_nobody_a_bad_name(
    post: Post, fill: Fill, found: Found, decided: Decided
) -> None:
    decided(1, Status.SPAM)
    assert found(fill(post, "Look: https://shop.example/x.")) == {}


def test_a_domain_that_moderators_approved_has_a_good_name(
    post: Post, fill: Fill, found: Found, decided: Decided
) -> None:
    decided(4, Status.APPROVED)
    decided(1, Status.SPAM)
    assert found(fill(post, "Look: https://shop.example/x.")) == {}


@pytest.mark.parametrize(
    "text", ["http://", "https://[", "www.", "http://@/", "http://…", "[](http://:)"]
)
def test_half_an_address_is_no_error(post: Post, fill: Fill, text: str) -> None:
    assert fill(post, f"Typed by accident: {text}").findings == []
