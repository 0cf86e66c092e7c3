"""What every page of the public site has around its content."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from lxml import html

from accounts.roles import Role
from tests.conftest import MakePost, MakeUser

PAGES = ["/", "/about/", "/archive/", "/languages/en/", "/accounts/login/", "/nowhere/"]


@pytest.fixture
def page(client: Client, make_post: MakePost) -> Any:
    """page("/") -> the parsed page at an address, of a site with one post."""
    make_post("A quiet morning")

    def get(address: str, **headers: str) -> Any:
        return html.fromstring(client.get(address, headers=headers).content)

    return get


@pytest.mark.parametrize("address", PAGES)
def test_the_first_link_leads_past_the_frame(page: Any, address: str) -> None:
    tree = page(address)
    assert tree.xpath("//a")[0].get("href") == "#content"
    assert [main.get("id") for main in tree.xpath("//main")] == ["content"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_title_and_one_main_heading(page: Any, address: str) -> None:
    tree = page(address)
    assert len(tree.xpath("//h1")) == 1
    assert tree.findtext(".//title").strip()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_styled_or_run_in_the_page_itself(page: Any, address: str) -> None:
    tree = page(address)
    assert tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []
    assert tree.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []


@pytest.mark.parametrize("address", PAGES)
def test_no_more_than_two_style_sheets_are_asked_for(page: Any, address: str) -> None:
    assert len(page(address).xpath("//link[@rel='stylesheet']")) <= 2


def test_the_highlighting_of_code_is_asked_for_where_there_is_code(
    client: Client, make_post: MakePost
) -> None:
    plain, code = make_post("Plain"), make_post("Code", body="```python\npass\n```")
    assert "css/code.css" not in client.get(plain.get_absolute_url()).text
    assert "css/code.css" in client.get(code.get_absolute_url()).text


def test_every_language_can_be_chosen_and_leads_back_here(page: Any) -> None:
    (form,) = page("/about/?x=1").xpath("//form[@class='languages']")
    assert form.xpath(".//button/@value") == ["en", "nl", "de"]
    assert form.xpath(".//button/@lang") == ["en", "nl", "de"]
    assert form.xpath("string(.//input[@name='next']/@value)") == "/about/"


def test_the_present_language_is_marked(page: Any) -> None:
    tree = page("/about/", accept_language="de")
    assert tree.xpath("//button[@aria-current]/@value") == ["de"]
    assert tree.get("lang") == "de"


def test_a_page_is_the_same_for_every_stranger(client: Client, make_post: MakePost) -> None:
    make_post("A quiet morning")
    response = client.get("/")
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text


def test_who_is_signed_in_finds_the_way_to_their_own_pages(
    client: Client, make_user: MakeUser
) -> None:
    client.force_login(make_user())
    page = client.get("/").text
    assert "/accounts/profile/" in page
    assert "/accounts/logout/" in page
    assert 'href="/admin/"' not in page


def test_staff_find_the_desk(client: Client, make_user: MakeUser) -> None:
    client.force_login(make_user(role=Role.EDITOR))
    assert 'href="/admin/"' in client.get("/").text


def test_the_page_for_our_own_errors_needs_no_context() -> None:
    tree = html.fromstring(render_to_string("500.html"))
    assert tree.xpath("//h1")
    assert tree.xpath("//a/@href") == ["/"]
