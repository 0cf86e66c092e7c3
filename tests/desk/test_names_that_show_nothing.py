"""A title or name of which nothing can be seen is none, wherever one is typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Author
from accounts.roles import Role
from blog.models import Category, Post, Series, Tag
from images.models import Image
from tests.conftest import MakeUser
from tests.desk.conftest import Submit
from tests.html import form_data

INVISIBLE = ["\u200b\u2060", "\ufffc", "\u3164", "\u2800\u00ad"]
ADD = "/admin/blog/post/add/"
REFUSAL = "at least one visible character"
NO_LINKS = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}


@pytest.fixture
def desk(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("edda", role=Role.EDITOR))
    return client


@pytest.mark.parametrize("nothing", INVISIBLE)
def test_a_post_needs_a_title_that_shows(desk: Client, submit: Submit, nothing: str) -> None:
    page = submit(desk, ADD, title=nothing, body="Words.")
    assert REFUSAL in page.text
    assert not Post.objects.exists()


@pytest.mark.parametrize("nothing", INVISIBLE)
def test_so_does_a_tag(desk: Client, submit: Submit, nothing: str) -> None:
    page = submit(desk, ADD, title="Title", body="Words.", tags=f"good, {nothing}")
    assert REFUSAL in page.text
    assert not Tag.objects.exists()


@pytest.mark.parametrize("nothing", INVISIBLE)
@pytest.mark.parametrize(
    ("address", "field", "model"),
    [
        ("blog/category", "name", Category),
        ("blog/series", "title", Series),
        ("blog/tag", "name", Tag),
        ("accounts/author", "name", Author),
    ],
)
def test_so_does_what_posts_belong_to(
    desk: Client, address: str, field: str, model: Any, nothing: str
) -> None:
    known = model.objects.count()
    page = desk.post(f"/admin/{address}/add/", {field: nothing, "slug": "x"} | NO_LINKS)
    assert page.status_code == 200
    assert "visible character" in page.text or "invisible characters" in page.text
    assert model.objects.count() == known


@pytest.mark.parametrize("nothing", INVISIBLE)
def test_words_about_an_image_that_show_nothing_are_none(
    desk: Client, make_image: Any, nothing: str
) -> None:
    image: Image = make_image(alt="")
    address = f"/admin/images/image/{image.pk}/change/"
    data = form_data(desk.get(address).text, form_id="image_form")
    words = dict.fromkeys(("name", "alt", "caption", "credit"), nothing)
    assert desk.post(address, data | words).status_code == 302
    image.refresh_from_db()
    assert (image.name, image.alt, image.caption, image.credit) == ("", "", "", "")
    assert image.needs_alt


@pytest.mark.parametrize("nothing", INVISIBLE)
def test_alt_text_that_shows_nothing_describes_no_image(
    desk: Client, submit: Submit, make_image: Any, nothing: str
) -> None:
    image: Image = make_image(alt="", caption="Harbour")
    body = f"See:\n\n![{nothing}](image:{image.key})\n"
    page = submit(desk, ADD, button="_publish", title="Night", body=body)
    assert "has no alt text" in page.text
    assert not Post.objects.exists()
