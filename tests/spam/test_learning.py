"""What the filter learns from decisions and takes back after an undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.claiming import claim
from comments.verbs.editing import edit_reply, erase_replies
from comments.verbs.posting import post_comment
from moderation.deciding import decide
from spam import learning
from spam.features import hash_of
from spam.models import Word
from tests.conftest import MakeUser
from tests.replies import MakeReply
from tests.spam.conftest import Fill, Found

Decide = Callable[[list[Comment], Status], None]
Counts = dict[int, tuple[int, int]]


@pytest.fixture
def decided(mo: User, run_tasks: Callable[[], None]) -> Decide:
    """decided([comment, …], Status.SPAM): a moderator decides, and the background work is done."""

    def carry_out(comments: list[Comment], decision: Status) -> None:
        decide(comments=comments, decision=decision, by=mo)
        run_tasks()

    return carry_out


def wait(post: Post, body: str, **fields: Any) -> Comment:
    guest: dict[str, Any] = {"name": "Wim", "email": "wim@example.org"} | fields
    return post_comment(post=post, body=body, language="en", **guest)


def learned() -> Counts:
    return {word.hash: (word.ham, word.spam) for word in Word.objects.all()}


def of(word: str) -> tuple[int, int]:
    return learned().get(hash_of(word), (0, 0))


def test_an_approved_reply_teaches_ham_and_spam_teaches_spam(post: Post, decided: Decide) -> None:
    decided([wait(post, "Kettles sing, kettles boil.")], Status.APPROVED)
    decided([wait(post, "Cheap kettles!"), wait(post, "Cheap pans!")], Status.SPAM)
    assert (of("kettles"), of("cheap"), of("sing")) == ((1, 1), (0, 2), (1, 0))
    assert learned()[0] == (1, 2)


@pytest.mark.parametrize("other", [Status.PENDING, Status.REJECTED, Status.REMOVED])
def test_an_undo_takes_back_exactly_what_was_taught(
    post: Post, decided: Decide, other: Status
) -> None:
    decided([wait(post, "Kettles sing.")], Status.APPROVED)
    before = learned()
    comment = wait(post, "Cheap kettles at https://shop.example", website="https://w.example")
    decided([comment], Status.SPAM)
    assert of("//shop.example") == of("//w.example") == (0, 1)
    decided([comment], other)
    assert learned() == before
    assert Comment.objects.get(pk=comment.pk).learned_as == ""


def test_a_changed_mind_moves_the_words_over(post: Post, decided: Decide) -> None:
    comment = wait(post, "Kettles sing.")
    decided([comment], Status.SPAM)
    decided([comment], Status.APPROVED)
    assert (of("kettles"), learned()[0]) == ((1, 0), (1, 0))


def test_to_learn_twice_is_to_learn_once(post: Post, decided: Decide) -> None:
    comment = wait(post, "Kettles sing.")
    decided([comment], Status.SPAM)
    before = learned()
    assert learning.learn_from([comment.pk]) == []
    assert learned() == before


def test_of_two_decisions_the_last_counts_in_whatever_order_they_are_learned(
    post: Post, mo: User, run_tasks: Callable[[], None]
) -> None:
    comment = wait(post, "Kettles sing.")
    for decision in (Status.SPAM, Status.APPROVED, Status.SPAM):
        decide(comments=[comment], decision=decision, by=mo)
    run_tasks()
    assert of("kettles") == (0, 1)


def test_what_the_site_decides_by_itself_teaches_nothing(
    post: Post, run_tasks: Callable[[], None]
) -> None:
    decide(comments=[wait(post, "Kettles sing.")], decision=Status.SPAM, by=None)
    run_tasks()
    assert set(learned()) <= {0}


def test_words_are_kept_as_numbers_that_the_sites_key_makes(
    post: Post, decided: Decide, settings: Any
) -> None:
    decided([wait(post, "Kettles sing.")], Status.SPAM)
    before = hash_of("kettles")
    settings.SECRET_KEY = "another"
    assert hash_of("kettles") != before


def test_after_the_key_was_changed_an_undo_is_no_error(
    post: Post, decided: Decide, settings: Any
) -> None:
    comment = wait(post, "Kettles sing.")
    decided([comment], Status.SPAM)
    settings.SECRET_KEY = "another"
    decided([comment], Status.PENDING)
    assert learned()[0] == (0, 0)


def test_a_thousand_decisions_cost_their_request_little(
    post: Post, mo: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = wait(post, "Kettles sing.")
    copies = Comment.objects.bulk_create(
        Comment(
            post=post,
            path=f"{n:022d}",
            name="Wim",
            language="en",
            body=f"Kettle {n}.",
            status="pending",
        )
        for n in range(1000)
    )
    with django_assert_max_num_queries(60):
        decide(comments=[first, *copies], decision=Status.SPAM, by=mo)


def test_a_batch_is_learned_in_few_queries(
    post: Post, mo: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    replies = [wait(post, f"Kettle number {'abcdefghij'[n]}{'xyz' * n}.") for n in range(10)]
    decide(comments=replies, decision=Status.SPAM, by=mo)
    with django_assert_max_num_queries(11):
        learning.learn_from([reply.pk for reply in replies])
    assert of("kettle") == (0, 10)


# --- when a text changes after it taught ---


def test_an_edited_reply_takes_back_what_its_former_text_taught(
    post: Post, decided: Decide
) -> None:
    comment = wait(post, "Kettles sing.")
    decided([comment], Status.APPROVED)
    edit_reply(comment=Comment.objects.get(pk=comment.pk), body="Pans are silent.")
    assert set(learned()) == {0}


def test_an_erased_reply_leaves_no_word(
    post: Post, decided: Decide, run_tasks: Callable[[], None]
) -> None:
    body = "Kettles sing while all of us wait for the water to boil in the kitchen."
    comment = wait(post, body)
    assert comment.text_hash
    decided([comment], Status.APPROVED)
    erase_replies(comments=[comment])
    run_tasks()
    assert learned() == {0: (0, 0)}
    assert Comment.objects.get(pk=comment.pk).text_hash is None


def test_a_claimed_reply_keeps_teaching_without_its_website(
    post: Post, make_user: MakeUser, decided: Decide, run_tasks: Callable[[], None]
) -> None:
    comment = wait(post, "Kettles sing.", website="https://w.example")
    decided([comment], Status.APPROVED)
    claim(user=make_user("wim"), email="wim@example.org")
    run_tasks()
    assert (of("kettles"), of("//w.example")) == ((1, 0), (0, 0))
    decided([comment], Status.PENDING)
    assert set(learned()) == {0}


# --- what it does with it ---


def teach(post: Post, make_reply: MakeReply, decided: Decide, number: int) -> None:
    """The two sorts have some words in common, and some that tell them apart."""
    for body, status in (
        ("The heron stood beside the water {}", Status.APPROVED),
        ("The discount stood beside the bargain {}", Status.SPAM),
    ):
        replies = [
            make_reply(post, body.format("x" * n), status=Status.PENDING) for n in range(number)
        ]
        decided(replies, status)


def test_it_is_silent_before_it_has_seen_twenty_of_each(
    post: Post, make_reply: MakeReply, fill: Fill, found: Found, decided: Decide
) -> None:
    teach(post, make_reply, decided, 19)
    assert found(fill(post, "Discount! Bargain! Discount!")) == {}


def test_then_it_tells_by_the_words(
    post: Post, make_reply: MakeReply, fill: Fill, found: Found, decided: Decide
) -> None:
    teach(post, make_reply, decided, 20)
    assert found(fill(post, "A discount, a bargain!"))["learned"] > 0
    assert found(fill(post, "A heron, some water."))["learned"] < 0
    assert found(fill(post, "Quite another matter.")) == {}
