"""An author's way from an empty page to a published post and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.verbs.posting import post_comment
from images.models import Image
from tests.conftest import MakePost, MakeUser
from tests.desk.conftest import Submit
from tests.html import form_data
from tests.moderators import QUEUE

ADD = "/admin/blog/post/add/"


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def test_an_author_writes_and_publishes(desk: Client, submit: Submit) -> None:
    text = "It *works*. " * 30
    submit(desk, ADD, button="_publish", title="Hello", body=text, tags="one, Two")
    post = Post.objects.get()
    assert post.is_live
    assert {tag.name for tag in post.tags.all()} == {"one", "Two"}
    page = Client().get(post.get_absolute_url()).text
    assert "<em>works</em>" in page
    assert "Ada Okafor" in page


def test_saving_leaves_a_draft_that_nobody_sees(desk: Client, submit: Submit) -> None:
    submit(desk, ADD, title="Not yet", body="Words.")
    post = Post.objects.get()
    assert post.state == "draft"
    assert "Not yet" not in Client().get("/").text


def test_a_future_date_schedules(desk: Client, submit: Submit) -> None:
    day = timezone.localtime() + timedelta(days=3)
    date = {"published_at_0": f"{day:%Y-%m-%d}", "published_at_1": "06:00"}
    submit(desk, ADD, button="_publish", title="Later", body="Words.", **date)
    post = Post.objects.get()
    assert post.state == "scheduled"
    assert "scheduled" in desk.get("/admin/blog/post/?state=scheduled").text
    assert Client().get(post.get_absolute_url()).status_code == 404


def test_a_scheduled_post_is_published_at_once_by_clearing_its_date(
    desk: Client, submit: Submit, ada: User, make_post: MakePost
) -> None:
    post = make_post("Later", authors=[ada.author], at=timezone.now() + timedelta(days=900))
    cleared = {"published_at_0": "", "published_at_1": ""}
    page = submit(desk, change(post), **cleared)
    assert "Give a date" in page.text
    submit(desk, change(post), button="_publish", **cleared)
    post.refresh_from_db()
    assert post.is_live


@pytest.mark.parametrize(
    ("button", "said"),
    [("_publish", "is published"), ("_review", "waits for an editor"), ("_draft", "is a draft")],
)
def test_what_became_of_a_post_is_said(
    desk: Client, submit: Submit, button: str, said: str
) -> None:
    answer: Any = submit(desk, ADD, button=button, title="Hello", body="Words.")
    page = desk.get(answer["Location"]).text
    post = Post.objects.get()
    assert f'“<a href="{post.get_absolute_url()}">Hello</a>” {said}' in page


def test_a_published_post_is_withdrawn_and_published_again(
    desk: Client, submit: Submit, ada: User, make_post: MakePost
) -> None:
    post = make_post("Back and forth", authors=[ada.author])
    submit(desk, change(post), button="_withdraw")
    assert Client().get(post.get_absolute_url()).status_code == 410
    submit(desk, change(post), button="_publish")
    assert Client().get(post.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(("field", "problem"), [("title", "required"), ("body", "needs a text")])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    desk: Client, submit: Submit, field: str, problem: str
) -> None:
    typed = {"title": "Precious title", "body": "Precious words", "summary": "Precious summary"}
    page = submit(desk, ADD, button="_publish", **typed | {field: ""})
    assert page.status_code == 200
    assert problem in page.text
    assert "Precious summary" in page.text
    assert not Post.objects.exists()


def test_an_image_without_alt_text_is_named_when_it_stops_publication(
    desk: Client, submit: Submit, make_image: Any
) -> None:
    image: Image = make_image(alt="", caption="Harbour at night")
    body = f"See:\n\n![](image:{image.key})\n"
    page = submit(desk, ADD, button="_publish", title="Night", body=body)
    assert "Harbour at night" in page.text
    assert "alt text" in page.text
    assert not Post.objects.exists()
    described = f"See:\n\n![Lights on water](image:{image.key})\n"
    submit(desk, ADD, button="_publish", title="Night", body=described)
    assert Post.objects.get().is_live


def test_a_decorative_image_needs_no_alt_text(
    desk: Client, submit: Submit, make_image: Any
) -> None:
    image: Image = make_image(alt="", decorative=True)
    body = f"See:\n\n![](image:{image.key})\n"
    submit(desk, ADD, button="_publish", title="Night", body=body)
    assert Post.objects.get().is_live


def test_a_form_sent_twice_makes_one_post(desk: Client) -> None:
    data = form_data(desk.get(ADD).text, form_id="post_form")
    data |= {"title": "Once", "body": "Words.", "_save": "1"}
    desk.post(ADD, data)
    again = desk.post(ADD, data)
    assert Post.objects.count() == 1
    assert "was saved" in again.text


@pytest.mark.parametrize("field", ["title", "body", "summary", "tags", "slug", "canonical_url"])
@pytest.mark.parametrize(
    "value", [b"a\0b", b"\xed\xa0\x80\xff", b"x" * 100_000, b"<script>alert(1)</script>"]
)
def test_no_field_can_break_the_page(
    desk: Client, submit: Submit, field: str, value: bytes
) -> None:
    typed = {"title": "Title", "body": "Words."} | {field: value}
    page = submit(desk, ADD, **typed)
    assert page.status_code in {200, 302}


def test_a_tag_that_is_too_long_is_refused(desk: Client, submit: Submit) -> None:
    page = submit(desk, ADD, title="Title", body="Words.", tags="short, " + "x" * 101)
    assert "100 characters" in page.text
    assert not Post.objects.exists()


@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
def test_a_year_outside_the_calendar_is_refused(desk: Client, submit: Submit, year: str) -> None:
    date = {"published_at_0": f"{year}-01-01", "published_at_1": "06:00"}
    page = submit(desk, ADD, button="_publish", title="When", body="Words.", **date)
    assert "Choose a year" in page.text


def test_a_contributor_hands_in_and_an_editor_publishes(
    client: Client, submit: Submit, make_user: MakeUser
) -> None:
    client.force_login(make_user("carla", role=Role.CONTRIBUTOR))
    assert 'name="_publish"' not in client.get(ADD).text
    submit(client, ADD, button="_review", title="For review", body="Words.")
    post = Post.objects.get()
    assert post.status == "in_review"
    assert submit(client, change(post), button="_publish").status_code == 403
    client.force_login(make_user("eve", role=Role.EDITOR))
    submit(client, change(post), button="_publish")
    post.refresh_from_db()
    assert post.is_live


def test_a_contributor_cannot_change_what_is_published(
    client: Client, make_user: MakeUser, make_post: MakePost
) -> None:
    carla = make_user("carla", role=Role.CONTRIBUTOR)
    post = make_post("Live", authors=[carla.author])
    client.force_login(carla)
    assert 'name="title"' not in client.get(change(post)).text
    assert client.post(change(post), {"title": "Hacked"}).status_code == 403


def test_an_author_sees_and_opens_own_posts_only(
    desk: Client, ada: User, make_post: MakePost
) -> None:
    make_post("Mine", authors=[ada.author])
    other = make_post("Not mine")
    page = desk.get("/admin/blog/post/").text
    assert ">Mine<" in page
    assert "Not mine" not in page
    assert desk.get(change(other)).status_code == 302
    assert desk.post(change(other), {"title": "Hacked"}).status_code == 302
    other.refresh_from_db()
    assert other.title == "Not mine"


def test_authors_cannot_write_themselves_out_of_their_post(
    desk: Client, submit: Submit, ada: User, make_author: Any
) -> None:
    bob = make_author("Bob")
    page = submit(desk, ADD, title="Whose", body="Words.", **{"bylines-0-author": bob.pk})
    assert "stay among the authors" in page.text


def test_co_authors_stand_in_the_order_given(
    desk: Client, submit: Submit, ada: User, make_author: Any, make_post: MakePost
) -> None:
    bob = make_author("Bob Brandt")
    post = make_post("Two pens", authors=[ada.author, bob])
    submit(desk, change(post), **{"bylines-0-position": "2", "bylines-1-position": "1"})
    page = Client().get(post.get_absolute_url()).text
    assert page.index("Bob Brandt") < page.index("Ada Okafor")


@pytest.mark.parametrize("number", [2, 60])
def test_the_list_costs_a_fixed_number_of_queries(
    desk: Client,
    many_posts: Any,
    make_user: MakeUser,
    django_assert_max_num_queries: Any,
    number: int,
) -> None:
    many_posts(number, tag="common")
    desk.force_login(make_user("eve", role=Role.EDITOR))
    with django_assert_max_num_queries(14):
        assert desk.get("/admin/blog/post/").status_code == 200


def test_the_list_says_how_many_replies_wait(desk: Client, ada: User, make_post: MakePost) -> None:
    post = make_post("Talked about", authors=[ada.author])
    for name in ("Nora", "Otto"):
        post_comment(post=post, body="Well.", language="en", name=name, email=f"{name}@example.org")
    page = desk.get("/admin/blog/post/").text
    assert f'<a href="{QUEUE}?post={post.pk}">2</a>' in page


def test_whoever_may_delete_a_post_finds_how(desk: Client, ada: User, make_post: MakePost) -> None:
    post = make_post("Short of breath", authors=[ada.author])
    link = f'href="/admin/blog/post/{post.pk}/delete/"'
    assert link in desk.get(change(post)).text
    assert link not in desk.get(ADD).text
