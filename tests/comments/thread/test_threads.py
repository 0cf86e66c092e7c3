"""How a thread reads: order, indentation, marks, pages, and where permalinks land."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Author
from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from comments.models.paths import path_below
from comments.verbs import counting
from moderation.deciding import decide
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply, Send


def replies_on(page: Any) -> list[Any]:
    return html.fromstring(page.text).xpath("//ol[@class='thread']/li")


def fill(post: Post, number: int, *, status: Status = Status.APPROVED) -> list[Comment]:
    """That many replies in bulk, each third one an answer to the one before."""
    start, above, rows = timezone.now() - timedelta(days=9), None, []
    for n in range(number):
        uid, at = uuid.UUID(int=n), start + timedelta(seconds=n)
        row = Comment(
            post=post, uid=uid, submitted_at=at, name=f"N{n}", language="en", status=status
        )
        row.body_html = f"<p>Number {n}.</p>"
        row.path = path_below(above or "", at=at, uid=uid)
        above = row.path if n % 3 == 0 else None
        rows.append(row)
    Comment.objects.bulk_create(rows)
    counting.recount(posts=Post.objects.filter(pk=post.pk))
    return rows


def test_answers_stand_under_what_they_answer_and_siblings_by_time(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    first = make_reply(post, "First.")
    make_reply(post, "Second.")
    make_reply(post, "Answer to the first.", parent=first)
    make_reply(post, "Another answer to the first.", parent=first)
    page = client.get(post.get_absolute_url())
    texts = [
        li.xpath("string(.//div[contains(@class,'reply-body')])").strip() for li in replies_on(page)
    ]
    assert texts == ["First.", "Answer to the first.", "Another answer to the first.", "Second."]
    classes = [li.get("class") for li in replies_on(page)]
    assert classes == ["reply depth-1", "reply depth-2", "reply depth-2", "reply depth-1"]


def test_a_late_reply_with_an_old_date_takes_its_place_by_time(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    make_reply(post, "Later.")
    make_reply(post, "Earlier.", at=timezone.now() - timedelta(days=400))
    texts = client.get(post.get_absolute_url()).text
    assert texts.index("Earlier.") < texts.index("Later.")


def test_an_answer_says_to_whom_where_indentation_does_not(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    first = make_reply(post, name="Ria")
    make_reply(post, parent=first)
    make_reply(post, parent=first)
    near, far = replies_on(client.get(post.get_absolute_url()))[1:]
    assert not near.xpath(".//p[@class='answered']")
    (link,) = far.xpath(".//p[@class='answered']/a")
    assert link.text_content() == "Ria"
    assert link.get("href") == f"#comment-{first.pk}"


def test_indentation_stops_at_four_steps_and_words_take_over(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    above = None
    for level in range(6):
        above = make_reply(post, name=f"N{level}", parent=above)
    rows = replies_on(client.get(post.get_absolute_url()))
    assert [row.get("class") for row in rows][3:] == ["reply depth-4"] * 3
    answered = [row.xpath("string(.//p[@class='answered']/a)") for row in rows]
    assert answered == ["", "", "", "", "N3", "N4"]


def test_the_posts_authors_are_marked_and_nobody_else(
    client: Client, make_post: MakePost, make_reply: MakeReply, make_user: MakeUser
) -> None:
    ada, ben = make_user("ada"), make_user("ben")
    byline = Author.objects.create(name="Ada Okafor", user=ada)
    Author.objects.create(name="Ben Groen", user=ben)
    post = make_post(authors=[byline])
    for fields in ({"user": ada}, {"user": ben}, {"name": "Ada Okafor"}):
        make_reply(post, **fields)
    rows = replies_on(client.get(post.get_absolute_url()))
    assert ["by-author" in row.get("class") for row in rows] == [True, False, False]
    assert rows[0].xpath(".//a[@rel='author']/@href") == [byline.get_absolute_url()]


def test_names_follow_the_profile(
    client: Client, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    ria = make_user("ria", display_name="Ria")
    make_reply(post, user=ria)
    ria.display_name = "Ria de Wit"
    ria.save()
    assert Comment.objects.get().name == "Ria de Wit"
    Author.objects.create(user=ria, name="R. de Wit")
    assert Comment.objects.get().name == "R. de Wit"


def test_times_are_written_as_readers_write_them(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    at = timezone.now().replace(year=2011, month=5, day=31, hour=4, minute=57)
    make_reply(post, at=at)
    assert "31 May 2011, 06:57" in client.get(post.get_absolute_url()).text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.REMOVED, "This reply was removed by a moderator."),
        (Status.REJECTED, "This reply is not shown."),
        (Status.SPAM, "This reply is not shown."),
    ],
)
def test_a_reply_taken_away_keeps_its_place_while_it_has_answers(
    client: Client, post: Post, make_reply: MakeReply, status: Status, sentence: str
) -> None:
    above = make_reply(post, "Gone words.", name="Gone Name")
    below = make_reply(post, "Staying words.", parent=above)
    decide(comments=[above], decision=status, by=None)
    page = client.get(post.get_absolute_url())
    assert sentence in page.text
    assert "Gone words." not in page.text
    assert "Staying words." in page.text
    assert replies_on(page)[0].get("class") == "reply depth-1 removed"
    decide(comments=[below], decision=Status.REMOVED, by=None)
    assert sentence not in client.get(post.get_absolute_url()).text


def test_a_name_of_a_removed_reply_is_not_told_by_its_answers(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    above = make_reply(post, name="Gone Name")
    for _n in range(2):
        make_reply(post, parent=above)
    decide(comments=[above], decision=Status.REMOVED, by=None)
    assert "Gone Name" not in client.get(post.get_absolute_url()).text


def test_a_reply_that_waits_again_shows_its_place_and_not_its_words(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    above = make_reply(post, "Under review.")
    make_reply(post, "Staying words.", parent=above)
    decide(comments=[above], decision=Status.PENDING, by=None)
    page = client.get(post.get_absolute_url())
    assert "Under review." not in page.text
    assert "This reply is not shown." in page.text


def test_a_long_thread_comes_in_pages(client: Client, post: Post) -> None:
    fill(post, 250)
    url = post.get_absolute_url()
    pages = [client.get(f"{url}?thread={number}") for number in (1, 2, 3)]
    assert [len(replies_on(page)) for page in pages] == [100, 100, 50]
    assert f"{url}?thread=2#replies" in pages[0].text
    assert "Page 2 of 3" in pages[1].text
    assert f'href="{url}#replies" rel="prev"' in pages[1].text
    ids = re.findall(r'id="comment-(\d+)"', "".join(page.text for page in pages))
    assert len(set(ids)) == 250


@pytest.mark.parametrize("number", ["4", "0", "-1", "x", "1e9", "9" * 30, "%00", "١", ""])
def test_a_page_that_is_not_there_is_not_found(client: Client, post: Post, number: str) -> None:
    fill(post, 250)
    assert client.get(f"{post.get_absolute_url()}?thread={number}").status_code in {400, 404}


@pytest.mark.parametrize(
    ("place", "query"), [(0, ""), (99, ""), (100, "?thread=2"), (249, "?thread=3")]
)
def test_a_permalink_lands_on_the_page_of_its_reply(
    client: Client, post: Post, place: int, query: str
) -> None:
    rows = fill(post, 250)
    answer = client.get(f"/comments/{rows[place].pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{post.get_absolute_url()}{query}#comment-{rows[place].pk}"
    assert f'id="comment-{rows[place].pk}"' in client.get(answer["Location"]).text


@pytest.mark.parametrize("pk", ["0", "12345", "9" * 18, "9" * 19, "9" * 5000])
def test_a_permalink_of_nothing_is_not_found(client: Client, db: None, pk: str) -> None:
    assert client.get(f"/comments/{pk}/").status_code == 404


def test_a_permalink_leads_only_to_what_its_reader_may_see(
    client: Client, post: Post, send: Send, make_reply: MakeReply
) -> None:
    send(post)
    waiting = Comment.objects.get()
    assert client.get(waiting.get_absolute_url()).status_code == 302
    assert Client().get(waiting.get_absolute_url()).status_code == 404
    shown = make_reply(post)
    publishing.withdraw(post=post, by=None)
    assert client.get(shown.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [10, 10_000])
def test_a_page_and_a_permalink_take_the_same_queries_whatever_the_size_of_the_thread(
    client: Client,
    post: Post,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    last = fill(post, number)[-1]
    client.get(post.get_absolute_url())
    for query in ("", f"?thread={-(-number // 100)}"):
        with django_assert_max_num_queries(8) as queries:
            client.get(f"{post.get_absolute_url()}{query}")
        ours = [q for q in queries.captured_queries if 'FROM "comments_comment"' in q["sql"]]
        assert len(ours) <= 2
    with django_assert_num_queries(3):
        client.get(f"/comments/{last.pk}/")
