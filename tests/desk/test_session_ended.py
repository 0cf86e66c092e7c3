"""A session that ended while somebody wrote: what was typed comes back, and can be sent again."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from tests.conftest import MakePost, MakeUser

OURS = {"origin": "http://testserver"}
BODY = "\n    indented\r\n" + "long " * 20_000


@pytest.fixture
def author(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.EDITOR)


def fields_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the form leads and what it sends, as browsers read it."""
    (form,) = (form for form in html.fromstring(page).forms if form.xpath(".//textarea"))
    texts = {
        name: (value or "").removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
        for name, value in form.fields.items()
    }
    return form.action, texts


def test_an_author_signs_in_elsewhere_and_sends_it_again(author: User, make_post: MakePost) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(author)
    post = make_post()
    address = f"/admin/blog/post/{post.pk}/change/"
    form = html.fromstring(browser.get(address).text).get_element_by_id("post_form")
    sent = {name: value or "" for name, value in form.fields.items()} | {"body": BODY}
    browser.cookies.pop("sessionid")
    page = browser.post(address, sent, headers=OURS)
    assert page.status_code == 403
    assert "Sign in in a new window" in page.text
    place, fields = fields_of(page.text)
    assert (place, fields["body"]) == (address, BODY.replace("\n", "\r\n").replace("\r\r", "\r"))
    browser.force_login(author)
    token = html.fromstring(browser.get("/admin/").text).xpath("//@value")
    assert token
    fields["csrfmiddlewaretoken"] = "a" * 32  # signing in has changed it
    again = browser.post(place, fields, headers=OURS)
    assert again.status_code == 403
    place, fields = fields_of(again.text)
    assert browser.post(place, fields, headers=OURS).status_code == 302
    assert "long long" in Post.objects.get(pk=post.pk).body


def test_nobody_elses_page_gets_a_form_with_a_token(make_post: MakePost) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    for headers in ({}, {"origin": "null"}, {"origin": "https://evil.example"}):
        page = browser.post("/admin/blog/post/add/", {"body": "Planted"}, headers=headers)
        assert page.status_code == 403
        assert "csrfmiddlewaretoken" not in page.text


def test_who_only_opens_the_desk_is_led_to_the_sign_in(db: None, client: Client) -> None:
    assert client.get("/admin/blog/post/add/").status_code == 302
    assert client.post("/admin/logout/").status_code == 302
