"""The counts that pages show are those of the rows, whatever people post and moderators decide."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import close_old_connections, connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog import publishing
from blog.models import Post
from comments.exceptions import NotThere
from comments.models import Comment, Conversation, Status, Thanks
from comments.models.paths import DEEPEST, path_below
from comments.verbs import counting
from comments.verbs.editing import erase_replies
from comments.verbs.posting import post_comment
from comments.verbs.thanking import give_thanks, take_thanks_back
from comments.visitor import Visitor
from moderation.deciding import decide, undo
from moderation.models import Decision, Report
from moderation.reporting import report
from tests.conftest import MakePost
from tests.replies import MakeReply

DECISIONS = [Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED]
# The first ones, and those around the deepest.
PLACE = st.integers(0, 3) | st.integers(38, 43)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["post", "import"]), PLACE),
        st.tuples(st.sampled_from(DECISIONS), st.lists(PLACE, min_size=1, max_size=8)),
        st.tuples(st.sampled_from(["undo", "erase"]), PLACE),
        # Few places, so that one reader meets one reply again.
        st.tuples(st.sampled_from(["thank", "thank no more", "report"]), st.integers(0, 3)),
    ),
    min_size=5,
    max_size=10,
)
READERS = ("one", "two", "three")


def counted(post: Post) -> tuple[int, dict[int, tuple[int, int, int]]]:
    """Of the post its replies; of each of those its answers, thanks and open reports."""
    post.refresh_from_db()
    numbers = ("descendant_count", "thanks_count", "report_count")
    return post.comment_count, {
        row[0]: row[1:] for row in post.comments.values_list("pk", *numbers)
    }


def counted_by_hand(post: Post) -> tuple[int, dict[int, tuple[int, int, int]]]:
    """Straight from the rows: approved ones, and approved ones below each or beside as its answer."""
    rows = list(post.comments.only("post", "parent", "path", "status"))
    below: Counter[int] = Counter()
    for row in (row for row in rows if row.is_approved):
        for other in rows:
            is_below = row.path.startswith(other.path) and row.path != other.path
            is_beside = row.parent_id == other.pk and len(row.path) == len(other.path)
            below[other.pk] += is_below or is_beside
    thanks, open_reports = (
        Counter(found.values_list("comment", flat=True))
        for found in (Thanks.objects.all(), Report.objects.filter(closed_at=None))
    )
    return sum(row.is_approved for row in rows), {
        row.pk: (below[row.pk], thanks[row.pk], open_reports[row.pk]) for row in rows
    }


def answer_to(post: Post, place: int) -> Comment:
    approved = list(post.comments.approved().order_by("pk"))
    parent = approved[place % len(approved)] if approved and place else None
    email = f"{Comment.objects.count()}@example.org"
    return post_comment(
        post=post, body="Words.", language="en", parent=parent, name="Wim", email=email
    )


def import_below(post: Post, place: int) -> None:
    """One more reply, as `loaddata` brings it: it says what it answers and whether it appeared."""
    above = chosen_from(post, [place])[0]
    status = Status.APPROVED if place % 3 else Status.PENDING
    fields = {
        "uid": str(uuid.uuid4()),
        "post": list(post.natural_key()),
        "parent": list(above.natural_key()) if above.is_approved else None,
        "name": "Ida",
        "language": "en",
        "body": "Brought along.",
        "status": status,
        "submitted_at": timezone.now().isoformat(),
    }
    (loaded,) = serializers.deserialize("python", [{"model": "comments.comment", "fields": fields}])
    loaded.save()


def undo_one(place: int) -> None:
    batches = [line.batch for line in Decision.objects.order_by("pk") if line.batch]
    if batches:
        undo(batch=batches[place % len(batches)], by=None)


def chosen_from(post: Post, places: list[int]) -> list[Comment]:
    rows = list(post.comments.select_related("post").order_by("pk"))
    return [rows[place % len(rows)] for place in places]


def react(comment: Comment, what: str, reader: str) -> None:
    visitor = Visitor(browser=reader)
    match what:
        case "report":
            report(comment=comment, visitor=visitor, reason=Report.Reason.SPAM)
        case "thank":
            give_thanks(comment=comment, visitor=visitor)
        case _:
            take_thanks_back(comment=comment, visitor=visitor)


def take(post: Post, step: tuple[str, Any]) -> None:
    match step:
        case ("post", place):
            answer_to(post, place)
        case ("import", place):
            import_below(post, place)
        case ("undo", place):
            undo_one(place)
        case ("erase", place):
            erase_replies(comments=chosen_from(post, [place]))
        case ("thank" | "thank no more" | "report" as what, place):
            with suppress(NotThere):
                react(chosen_from(post, [place])[0], what, READERS[place % len(READERS)])
        case (decision, places):
            decide(comments=chosen_from(post, places), decision=Status(decision), by=None)


def deep_thread(post: Post) -> None:
    """One reply on each level down to the deepest, in bulk."""
    path, start, rows = "", timezone.now() - timedelta(days=1), []
    for level in range(DEEPEST):
        uid, at = uuid.UUID(int=level), start + timedelta(minutes=level)
        path = path_below(path, at=at, uid=uid)
        row = Comment(post=post, uid=uid, submitted_at=at, path=path, name="W", language="en")
        row.status = Status.APPROVED
        rows.append(row)
    Comment.objects.bulk_create(rows)
    counting.recount(posts=Post.objects.filter(pk=post.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("is_deep", [False, True], ids=["one reply", "a deep thread"])
@settings(
    max_examples=7,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_counts_equal_a_recount_after_anything(
    make_post: MakePost, is_deep: bool, steps: list[tuple[str, Any]]
) -> None:
    Post.objects.all().delete()
    post = make_post()
    # Under a single reply many steps meet on one reply; below the deepest, answers stand beside it.
    if is_deep:
        deep_thread(post)
    first = answer_to(post, DEEPEST - 1 if is_deep else 0)
    decide(comments=[first], decision=Status.APPROVED, by=None)
    for step in steps:
        take(post, step)
        # After each, since an import counts anew, and so mends what went wrong before it.
        expected = counted_by_hand(post)
        assert counted(post) == expected
    Conversation.objects.filter(post=post).update(reply_count=999)
    post.comments.update(descendant_count=999)
    counting.recount(posts=Post.objects.filter(pk=post.pk))
    assert counted(post) == expected


def test_answers_beside_a_reply_on_the_deepest_level_are_counted_with_it(
    make_post: MakePost,
) -> None:
    post = make_post()
    deep_thread(post)
    deepest = post.comments.order_by("path").last()
    fields: dict[str, Any] = {"language": "en", "name": "W", "email": "w@example.org"}
    beside = post_comment(post=post, body="Beside.", parent=deepest, **fields)
    for decision in (Status.APPROVED, Status.REMOVED, Status.APPROVED):
        decide(comments=[beside], decision=decision, by=None)
        assert counted(post) == counted_by_hand(post)


def test_a_bulk_decision_over_several_posts_counts_in_each(
    make_post: MakePost, make_reply: MakeReply
) -> None:
    posts = [make_post(f"Post {n}") for n in range(3)]
    for post in posts:
        above = make_reply(post, status=Status.APPROVED)
        make_reply(post, parent=above)
    decide(comments=Comment.objects.all(), decision=Status.SPAM, by=None)
    assert [counted(post)[0] for post in posts] == [0, 0, 0]
    decide(comments=Comment.objects.filter(post__in=posts[:2]), decision=Status.APPROVED, by=None)
    for post in posts:
        assert counted(post) == counted_by_hand(post)


def test_a_reply_that_is_brought_along_is_counted_in_its_post_alone(
    make_post: MakePost, make_reply: MakeReply
) -> None:
    posts = [make_post(f"Post {n}") for n in range(3)]
    for post in posts:
        make_reply(post, parent=make_reply(post))
    import_below(posts[1], 1)
    assert [counted(post)[0] for post in posts] == [2, 3, 2]
    for post in posts:
        assert counted(post) == counted_by_hand(post)


def test_thousands_are_decided_at_once(post: Post, make_reply: MakeReply) -> None:
    above = make_reply(post)
    rows = [
        Comment(post=post, parent=above, name="W", language="en", path=f"{above.path}{n:022d}")
        for n in range(1500)
    ]
    Comment.objects.bulk_create(rows)
    outcome = decide(comments=Comment.objects.waiting(), decision=Status.APPROVED, by=None)
    assert len(outcome.changed) == 1500
    above.refresh_from_db()
    post.refresh_from_db()
    assert (post.comment_count, above.descendant_count) == (1501, 1500)


def test_deleting_a_post_takes_its_replies_along(post: Post, make_reply: MakeReply) -> None:
    above = make_reply(post)
    make_reply(post, parent=above)
    give_thanks(comment=above, visitor=Visitor(browser="one"))
    publishing.delete(post=post)
    assert not Comment.objects.exists()
    assert not Thanks.objects.exists()


@pytest.fixture
def at_once(transactional_db: None) -> Callable[..., None]:
    """at_once(f, g, …) runs each in a thread with a connection of its own."""

    def run(*jobs: Callable[[], object]) -> None:
        errors: list[BaseException] = []

        def guarded(job: Callable[[], object]) -> None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=guarded, args=[job]) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        close_old_connections()
        assert not errors

    return run


def test_two_moderators_at_once_lose_no_count(
    at_once: Callable[..., None], make_post: MakePost, make_reply: MakeReply
) -> None:
    post = make_post()
    above = make_reply(post)
    rows = [make_reply(post, parent=above, status=Status.REJECTED) for _n in range(12)]

    def approve(some: list[Comment]) -> Callable[[], object]:
        return lambda: decide(comments=some, decision=Status.APPROVED, by=None)

    at_once(approve(rows[:8]), approve(rows[4:]), approve([above, *rows]), approve(rows[::-1]))
    assert counted(post) == counted_by_hand(post)
    assert counted(post)[0] == 13
    assert all(row.decisions.filter(decision=Status.APPROVED).count() == 1 for row in rows)


def test_replies_posted_and_decided_at_once_are_counted(
    at_once: Callable[..., None], make_post: MakePost, make_reply: MakeReply
) -> None:
    post = make_post()
    above = make_reply(post)
    known = [above.pk]

    def reply() -> None:
        for _n in range(3):
            post_comment(
                post=post,
                body="At once.",
                language="en",
                parent=above,
                name="Guest",
                email="guest@example.org",
                visitor=Visitor(own_replies=known),
            )

    def waver() -> None:
        for decision in (Status.REMOVED, Status.APPROVED, Status.SPAM, Status.APPROVED):
            decide(comments=[make_reply(post)], decision=decision, by=None)

    at_once(reply, waver, reply)
    assert counted(post) == counted_by_hand(post)


def test_the_first_replies_of_all_are_counted_though_they_come_at_once(
    at_once: Callable[..., None], make_post: MakePost, make_reply: MakeReply
) -> None:
    known = make_reply(make_post("Elsewhere")).pk
    post = make_post("Fresh")

    def reply() -> None:
        post_comment(
            post=Post.objects.get(pk=post.pk),
            body="The first.",
            language="en",
            name="Guest",
            email="guest@example.org",
            visitor=Visitor(own_replies=[known]),
        )

    at_once(reply, reply, reply)
    assert counted(post) == counted_by_hand(post)
    assert counted(post)[0] == 3


def test_a_save_of_what_was_read_earlier_writes_no_old_count_back(
    make_post: MakePost, make_reply: MakeReply
) -> None:
    post = make_post()
    read_earlier = Post.objects.get(pk=post.pk)
    make_reply(post)
    publishing.save_post(post=read_earlier, by=None)
    assert counted(post) == counted_by_hand(post)


def test_one_form_sent_twice_at_once_makes_one_reply(
    at_once: Callable[..., None], make_post: MakePost
) -> None:
    post = make_post()
    key = post.uid

    def send() -> None:
        post_comment(
            post=post,
            body="Once.",
            language="en",
            name="Wim",
            email="wim@example.org",
            submission_key=key,
        )

    at_once(send, send, send)
    assert Comment.objects.count() == 1
