"""How a post shows in a list and on its page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.models import Author
from blog.models import Byline, Category, Post, Series
from comments.models import Conversation
from tests.conftest import MakePost

MAY = datetime(2011, 5, 31, 4, 0, tzinfo=UTC)


def read(client: Client, address: str, *, language: str = "en") -> Any:
    return html.fromstring(client.get(address, headers={"accept-language": language}).content)


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.fixture
def post(make_post: MakePost) -> Post:
    """A post with all that an entry shows."""
    category = Category.objects.create(name="Sociale media", slug="sociale-media")
    authors = [Author.objects.create(name=name) for name in ("Ada", "Bob", "Cleo")]
    post = make_post(
        "Appels en peren",
        at=MAY,
        authors=authors,
        category=category,
        language="nl",
        summary="Eén zin.",
        tags=["Hype"],
    )
    post.bylines.filter(author=authors[2]).update(role=Byline.Role.TRANSLATOR)
    Conversation.objects.create(post=post, reply_count=5)
    return post


def test_an_entry_says_what_by_whom_when_and_how_many_replied(client: Client, post: Post) -> None:
    (entry,) = read(client, "/2011/").xpath("//article")
    text = words(entry)
    for part in ("Sociale media", "Appels en peren", "Eén zin.", "31 May 2011", "5 replies"):
        assert part in text
    assert "By Ada, Bob and Cleo (translator)" in text


@pytest.mark.parametrize("address", ["/", "/2011/", "/2011/05/", "/2011/05/appels-en-peren/"])
def test_an_article_carries_its_own_language_and_the_frame_the_readers(
    client: Client, post: Post, address: str
) -> None:
    tree = read(client, address, language="de")
    assert tree.xpath("//nav/ancestor-or-self::*[@lang][1]/@lang")[0] == "de"
    assert tree.xpath("//article/@lang") == ["nl"]
    assert tree.xpath("//article//time/ancestor::*[@lang][1]/@lang") == ["de"]


def test_the_moment_stands_on_the_page_as_people_write_it(client: Client, post: Post) -> None:
    tree = read(client, post.get_absolute_url(), language="nl")
    (moment,) = tree.xpath("//article//time")
    assert moment.text == "31 mei 2011, 06:00"
    assert datetime.fromisoformat(moment.get("datetime")) == MAY


def test_the_newest_post_leads_the_first_page_only(client: Client, many_posts: Any) -> None:
    many_posts(12)
    assert len(read(client, "/").xpath("//article[contains(@class, 'lead')]")) == 1
    assert read(client, "/?page=2").xpath("//article[contains(@class, 'lead')]") == []


def test_pages_of_a_list_lead_to_each_other(client: Client, many_posts: Any) -> None:
    many_posts(25)
    tree = read(client, "/?page=2")
    assert tree.xpath("//a[@rel='prev']/@href") == ["/"]
    (following,) = tree.xpath("//a[@rel='next']/@href")
    assert following.startswith("?page=3&before=")
    assert "Page 2 of 3" in words(tree)


def test_microformats_name_the_parts(client: Client, post: Post) -> None:
    (entry,) = read(client, post.get_absolute_url()).xpath("//article[contains(@class, 'h-entry')]")
    for name in ("p-name", "p-summary", "e-content", "dt-published", "p-author", "u-url"):
        assert entry.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"), name


def test_contents_are_shown_for_a_long_post_only(client: Client, make_post: MakePost) -> None:
    short = make_post("Short", body="## One\n\ntext\n\n## Two\n\ntext")
    long = make_post("Long", body="\n\n".join(f"## Part {n}\n\ntext" for n in range(5)))
    assert read(client, short.get_absolute_url()).xpath("//nav[@class='contents']") == []
    tree = read(client, long.get_absolute_url())
    for target in tree.xpath("//nav[@class='contents']//a/@href"):
        assert tree.get_element_by_id(target.removeprefix("#")).tag == "h2"


def test_a_part_of_a_series_leads_to_its_neighbours(client: Client, make_post: MakePost) -> None:
    series = Series.objects.create(title="Walks", slug="walks")
    first, second, third = (
        make_post(f"Walk {place}", series=series, series_position=place) for place in (1, 2, 3)
    )
    tree = read(client, second.get_absolute_url())
    assert tree.xpath("//nav[@class='series']//a[@rel='prev']/@href") == [first.get_absolute_url()]
    assert tree.xpath("//nav[@class='series']//a[@rel='next']/@href") == [third.get_absolute_url()]


def test_titles_with_markup_in_them_stay_text(client: Client, make_post: MakePost) -> None:
    post = make_post("<b>Bold</b> & “quoted”", summary="<script>alert(1)</script>")
    for address in ("/", post.get_absolute_url()):
        tree = read(client, address)
        assert "<b>Bold</b>" in words(tree)
        assert tree.xpath("//b | //script[contains(text(), 'alert(1)') and not(@type)]") == []


def test_a_post_without_category_summary_or_byline_shows_no_empty_place(
    client: Client, make_post: MakePost
) -> None:
    post = make_post("Bare", summary="", authors=[])
    for address in ("/", post.get_absolute_url()):
        empty = read(client, address).xpath("//article//p[not(normalize-space()) and not(*)]")
        assert empty == []
