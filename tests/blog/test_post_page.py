"""The page of one post: what it answers at every stage of the post's life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from accounts.roles import Role
from blog import publishing
from blog.models import Category, Post, Series
from tests.conftest import MakePost, MakeUser

MAY = datetime(2011, 5, 31, 4, 0, tzinfo=UTC)


def test_a_published_post_answers_at_its_dated_permalink(
    client: Client, make_post: MakePost
) -> None:
    make_post("Appels en peren", at=MAY, body="Een *appel* is geen peer.", language="nl")
    page = client.get("/2011/05/appels-en-peren/")
    assert page.status_code == 200
    assert "<em>appel</em>" in page.text
    assert 'lang="nl"' in page.text


def test_the_month_of_the_permalink_is_the_sites_and_not_utc(make_post: MakePost) -> None:
    post = make_post("Late", at=datetime(2011, 5, 31, 22, 30, tzinfo=UTC))
    assert post.get_absolute_url() == "/2011/06/late/"


def test_a_title_in_any_script_makes_a_readable_address(
    client: Client, make_post: MakePost
) -> None:
    post = make_post("Über die Größe", at=MAY)
    assert unquote(post.get_absolute_url()) == "/2011/05/über-die-größe/"
    assert client.get(post.get_absolute_url()).status_code == 200


def test_two_posts_of_one_title_in_one_month_have_two_addresses(make_post: MakePost) -> None:
    addresses = {make_post("Twice", at=MAY).address, make_post("Twice", at=MAY).address}
    assert addresses == {"2011/05/twice", "2011/05/twice-2"}


def test_an_old_address_tells_nothing_of_a_post_that_is_not_live(
    client: Client, make_post: MakePost
) -> None:
    post = make_post("Known", at=datetime(2011, 5, 1, tzinfo=UTC))
    post.slug = "secret-plan"
    publishing.publish(post=post, by=None, at=datetime(2098, 2, 1, tzinfo=UTC))
    answer = client.get("/2011/05/known/")
    assert answer.status_code == 404
    publishing.withdraw(post=post, by=None)
    assert client.get("/2011/05/known/").status_code == 410


def test_an_old_address_redirects_to_todays_for_ever(client: Client, make_post: MakePost) -> None:
    post = make_post("First name", at=MAY)
    for slug in ("second-name", "third-name"):
        post.slug = slug
        publishing.save_post(post=post, by=None)
    for old in ("first-name", "second-name"):
        answer = client.get(f"/2011/05/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/2011/05/third-name/")
    assert client.get("/2011/05/third-name/").status_code == 200


def test_a_post_may_return_to_an_address_it_once_had(client: Client, make_post: MakePost) -> None:
    post = make_post("There", at=MAY)
    for slug in ("elsewhere", "there"):
        post.slug = slug
        publishing.save_post(post=post, by=None)
    assert client.get("/2011/05/there/").status_code == 200
    assert client.get("/2011/05/elsewhere/")["Location"] == "/2011/05/there/"


def test_no_other_post_can_take_an_address_that_redirects(make_post: MakePost) -> None:
    post = make_post("Known", at=MAY)
    post.slug = "better-known"
    publishing.save_post(post=post, by=None)
    assert make_post("Known", at=MAY).address == "2011/05/known-2"


def test_a_scheduled_post_is_hidden_until_its_time(
    client: Client, make_post: MakePost, time_machine: Any
) -> None:
    at = timezone.now() + timedelta(hours=2)
    post = make_post("Soon", at=at)
    assert client.get(post.get_absolute_url()).status_code == 404
    time_machine.move_to(at + timedelta(seconds=1))
    assert client.get(post.get_absolute_url()).status_code == 200


def test_a_withdrawn_post_is_gone(client: Client, make_post: MakePost) -> None:
    post = make_post("Regret", body="Never mind this secret.")
    address = post.get_absolute_url()
    publishing.withdraw(post=post, by=None)
    page = client.get(address)
    assert page.status_code == 410
    assert "secret" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/2011/13/x/",
        "/2011/00/x/",
        "/0000/01/x/",
        "/99999/01/x/",
        "/2011/5/x/",
        "/2011/05/no-such-post/",
        "/2011/05/%FF%FE/",
        "/preview/not-a-uuid/",
        "/2011/05/" + "x" * 3000 + "/",
    ],
)
def test_an_impossible_address_is_not_found(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/2011/05/%00/", "/?page=%00", "/tags/a%00b/"])
def test_a_nul_byte_in_an_address_is_a_bad_request(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_draft_has_a_preview_for_those_who_may_edit_it(
    client: Client, make_post: MakePost, make_user: MakeUser
) -> None:
    ada = make_user("ada", role=Role.CONTRIBUTOR)
    post = make_post("Half done", authors=[ada.author], live=False)
    address = f"/preview/{post.uid}/"
    assert client.get(address).status_code == 404
    client.force_login(make_user("bob", role=Role.AUTHOR))
    assert client.get(address).status_code == 404
    client.force_login(ada)
    assert client.get(address).status_code == 200
    client.force_login(make_user("eve", role=Role.EDITOR))
    assert client.get(address).status_code == 200


def test_a_series_links_its_parts_in_order(client: Client, make_post: MakePost) -> None:
    series = Series.objects.create(title="Parts", slug="parts")
    posts = [make_post(f"Part {n}", series=series, series_position=n) for n in (1, 2, 3)]
    page = client.get(posts[1].get_absolute_url()).text
    assert posts[0].get_absolute_url() in page
    assert posts[2].get_absolute_url() in page


def test_tags_stand_in_the_order_in_which_they_were_given(
    client: Client, make_post: MakePost
) -> None:
    make_post("Another", tags=["rain", "dykes", "fog"])
    post = make_post("One", tags=["fog", "rain", "dykes"])
    tree = html.fromstring(client.get(post.get_absolute_url()).text)
    assert tree.xpath("//ul[@class='tags']//a/text()") == ["fog", "rain", "dykes"]
    assert tree.xpath("//meta[@property='article:tag']/@content") == ["fog", "rain", "dykes"]


def test_a_post_with_many_tags_has_related_posts_too(client: Client, make_post: MakePost) -> None:
    tags = [f"tag {number}" for number in range(12)]
    related = make_post("Two", tags=tags[:1])
    page = client.get(make_post("One", tags=tags).get_absolute_url()).text
    assert related.get_absolute_url() in page


def test_related_posts_share_tags_or_category(client: Client, make_post: MakePost) -> None:
    city = Category.objects.create(name="City", slug="city")
    post = make_post("One", tags=["trams"], category=city)
    by_tag = make_post("Two", tags=["trams"])
    by_category = make_post("Three", category=city)
    unrelated = make_post("Four", tags=["ferries"])
    page = client.get(post.get_absolute_url()).text
    assert by_tag.get_absolute_url() in page
    assert by_category.get_absolute_url() in page
    assert unrelated.get_absolute_url() not in page


@pytest.mark.parametrize("neighbours", [10, 1000])
def test_the_page_costs_eight_queries_at_most(
    client: Client,
    make_post: MakePost,
    many_posts: Any,
    django_assert_max_num_queries: Any,
    neighbours: int,
) -> None:
    series = Series.objects.create(title="Parts", slug="parts")
    many_posts(neighbours, tag="common")
    post: Post = make_post("Here", tags=["common"], series=series)
    with django_assert_max_num_queries(8):
        assert client.get(post.get_absolute_url()).status_code == 200
