"""Branches folded away by the address alone."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments.models import Comment, Status
from comments.verbs import leading as conversation
from moderation.deciding import decide
from tests.comments.thread.test_sorting import names_on
from tests.comments.thread.test_threads import fill, replies_on
from tests.replies import MakeReply, Replies, Send


def control(client: Client, post: Post, reply: Comment, query: str = "") -> tuple[str, str]:
    """Where the control under a reply leads, and whether its branch shows."""
    rows = replies_on(client.get(post.get_absolute_url() + query))
    (row,) = [row for row in rows if row.get("id") == f"comment-{reply.pk}"]
    (link,) = row.xpath(".//a[@data-fold]")
    return link.get("href"), link.get("aria-expanded")


def test_a_branch_folds_away_and_unfolds(client: Client, post: Post, replies: Replies) -> None:
    url, wim = post.get_absolute_url(), replies["Wim"]
    assert control(client, post, wim) == (f"{url}?fold={wim.pk}#comment-{wim.pk}", "true")
    query = f"?fold={wim.pk}"
    assert names_on(client, post, query) == ["Wim", "Pat"]
    assert control(client, post, wim, query) == (f"{url}#comment-{wim.pk}", "false")


def test_only_a_reply_with_answers_folds(client: Client, post: Post, replies: Replies) -> None:
    rows = replies_on(client.get(post.get_absolute_url()))
    assert [len(row.xpath(".//a[@data-fold]")) for row in rows] == [1, 1, 0, 0]


def test_several_branches_fold_at_once(
    client: Client, post: Post, replies: Replies, make_reply: MakeReply
) -> None:
    make_reply(post, name="Ria", parent=replies["Pat"])
    zoe, pat = replies["Zoe"], replies["Pat"]
    query = f"?fold={zoe.pk}&fold={pat.pk}"
    assert names_on(client, post, query) == ["Wim", "Zoe", "Pat"]
    href, _shown = control(client, post, replies["Wim"], query)
    assert href.count("fold=") == 3


def test_pages_follow_what_is_folded(client: Client, post: Post) -> None:
    rows = fill(post, 250)
    url = post.get_absolute_url()
    folded = "&".join(f"fold={row.pk}" for row in rows[:60:3])
    first = client.get(f"{url}?{folded}")
    assert len(replies_on(first)) == 100
    second, third = (client.get(f"{url}?{folded}&thread={number}") for number in (2, 3))
    assert len(replies_on(second)) + len(replies_on(third)) == 250 - 20 - 100
    assert "Page 1 of 3" in first.text
    assert folded.replace("&", "&amp;") + "&amp;thread=2#replies" in first.text


@pytest.mark.parametrize(
    "query", ["fold=x", "fold=", "fold=-1", "fold=" + "9" * 40, "&".join(["fold=1"] * 21)]
)
def test_what_cannot_be_folded_is_not_found(
    client: Client, post: Post, replies: Replies, query: str
) -> None:
    assert client.get(f"{post.get_absolute_url()}?{query}").status_code == 404


def test_replies_that_are_not_here_fold_nothing(
    client: Client, post: Post, replies: Replies
) -> None:
    assert len(names_on(client, post, "?fold=123456")) == 4
    assert len(names_on(client, post, f"?fold={'9' * 18}")) == 4


def test_a_twenty_first_fold_unfolds_the_first(client: Client, post: Post) -> None:
    rows = fill(post, 90)
    folded = [row.pk for row in rows[:60:3]]
    query = "?" + "&".join(f"fold={pk}" for pk in folded)
    href, _shown = control(client, post, rows[60], query)
    assert href.count("fold=") == 20
    assert f"fold={folded[0]}&" not in href


def test_a_pinned_reply_in_a_folded_branch_stands_above_the_thread_alone(
    client: Client, post: Post, replies: Replies
) -> None:
    conversation.pin(comment=replies["Kim"])
    query = f"?fold={replies['Wim'].pk}"
    assert names_on(client, post, query) == ["Wim", "Pat"]
    assert 'class="pinned"' in client.get(post.get_absolute_url() + query).text


def test_the_number_of_pages_is_right_whatever_became_of_the_replies(
    client: Client, post: Post, make_reply: MakeReply, send: Send
) -> None:
    """Removed ones that keep their place and one's own that wait count where they show."""
    open_branch, folded = make_reply(post, name="Open"), make_reply(post, name="Folded")
    for branch in (open_branch, folded):
        removed = make_reply(post, parent=branch)
        make_reply(post, parent=removed)
        decide(comments=[removed], decision=Status.REMOVED, by=None)
        send(post, to=branch.pk, reply=f"To {branch.name}.")
    # Both branches show, and in the open one the place of the removed, its answer and what waits.
    fill(post, 200 - 5)
    inner = Comment.objects.filter(parent=folded).earliest("pk")
    query = f"?fold={inner.pk}&fold={folded.pk}"
    assert "Page 1 of 2" in client.get(post.get_absolute_url() + query).text
    make_reply(post, name="One more")
    assert "Page 1 of 3" in client.get(post.get_absolute_url() + query).text
    assert names_on(client, post, f"{query}&thread=3") == ["One more"]
    assert len(names_on(client, post, "?thread=3")) == 4  # the three that were hidden, too


@pytest.mark.parametrize("number", [90, 5_000])
def test_folding_takes_one_query_more_whatever_is_folded(
    client: Client,
    post: Post,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = fill(post, number)
    client.get(post.get_absolute_url())
    query = "&".join(f"fold={row.pk}" for row in rows[:60:3])
    for folded in (query, f"fold={rows[0].pk}"):
        with django_assert_max_num_queries(9):
            client.get(f"{post.get_absolute_url()}?{folded}")
