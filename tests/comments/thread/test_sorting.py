"""The orders in which a thread can be read, by one address each."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments.models import Status
from moderation.deciding import decide
from tests.comments.thread.test_threads import fill, replies_on
from tests.replies import Replies


def names_on(client: Client, post: Post, query: str) -> list[str]:
    rows = replies_on(client.get(post.get_absolute_url() + query))
    return [row.xpath("string(.//p[@class='reply-by']/bdi)") for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Wim", "Zoe", "Kim", "Pat"]),
        ("?sort=newest", ["Kim", "Zoe", "Pat", "Wim"]),
        ("?sort=answered", ["Wim", "Zoe", "Kim", "Pat"]),
    ],
)
def test_each_order_is_a_link_above_the_thread(
    client: Client, post: Post, replies: Replies, query: str, names: list[str]
) -> None:
    assert names_on(client, post, query) == names
    page = html.fromstring(client.get(post.get_absolute_url() + query).text)
    links = page.xpath("//nav[@class='sorts']//a")
    assert [link.text for link in links] == ["Oldest first", "Newest first", "Most answered"]
    (current,) = [link for link in links if link.get("aria-current") == "true"]
    assert current.get("href") == f"{post.get_absolute_url()}{query}#replies"


def test_a_flat_list_says_what_each_reply_answers_and_leads_to_its_branch(
    client: Client, post: Post, replies: Replies
) -> None:
    rows = replies_on(client.get(f"{post.get_absolute_url()}?sort=answered"))
    assert [row.get("class") for row in rows] == ["reply depth-1"] * 4
    assert rows[1].xpath("string(.//p[@class='answered']/a)") == "Wim"
    (branch,) = rows[0].xpath(".//a[@class='fold']")
    assert branch.text == "2 answers"
    assert branch.get("href") == replies["Wim"].get_absolute_url()
    assert branch.get("aria-expanded") is None


def test_a_flat_list_shows_only_what_is_approved(
    client: Client, post: Post, replies: Replies
) -> None:
    decide(comments=[replies["Wim"]], decision=Status.REMOVED, by=None)
    assert names_on(client, post, "?sort=newest") == ["Kim", "Zoe", "Pat"]


@pytest.mark.parametrize("sort", ["", "oldest", "Newest", "x" * 500, "%00", "newest&thread=2"])
def test_an_order_that_is_none_is_not_found(
    client: Client, post: Post, replies: Replies, sort: str
) -> None:
    assert client.get(f"{post.get_absolute_url()}?sort={sort}").status_code in {400, 404}


def test_the_page_keeps_its_one_address_in_every_order(
    client: Client, post: Post, replies: Replies
) -> None:
    for query in ("", "?sort=newest", "?sort=answered"):
        page = html.fromstring(client.get(post.get_absolute_url() + query).text)
        canonical = page.xpath("string(//link[@rel='canonical']/@href)")
        assert canonical.endswith(post.get_absolute_url())
        assert not page.xpath("//meta[@name='robots']")


@pytest.mark.parametrize("sort", ["newest", "answered"])
def test_a_long_list_comes_in_pages_that_keep_the_order(
    client: Client, post: Post, sort: str
) -> None:
    fill(post, 250)
    url = post.get_absolute_url()
    pages = [client.get(f"{url}?sort={sort}&thread={number}") for number in (1, 2, 3)]
    assert [len(replies_on(page)) for page in pages] == [100, 100, 50]
    ids = [row.get("id") for page in pages for row in replies_on(page)]
    assert len(set(ids)) == 250
    assert f"{url}?sort={sort}&amp;thread=2#replies" in pages[0].text
    assert f'href="{url}?sort={sort}#replies" rel="prev"' in pages[1].text
    assert "Page 3 of 3" in pages[2].text
    assert client.get(f"{url}?sort={sort}&thread=4").status_code == 404


@pytest.mark.parametrize("sort", ["newest", "answered"])
@pytest.mark.parametrize("number", [10, 5_000])
def test_every_order_takes_the_same_queries_whatever_the_size_of_the_thread(
    client: Client,
    post: Post,
    sort: str,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(post, number)
    client.get(post.get_absolute_url())
    for page in {1, -(-number // 100)}:
        with django_assert_max_num_queries(7) as queries:
            client.get(f"{post.get_absolute_url()}?sort={sort}&thread={page}")
        ours = [q for q in queries.captured_queries if 'FROM "comments_comment"' in q["sql"]]
        assert len(ours) == 1
