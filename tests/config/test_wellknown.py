"""What browsers and crawlers ask for by known names."""

from __future__ import annotations

from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.staticfiles import finders
from django.test import Client


@pytest.fixture
def robots(client: Client) -> RobotFileParser:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(response.text.splitlines())
    return parser


def test_crawlers_are_told_where_the_sitemap_is(robots: RobotFileParser) -> None:
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]


@pytest.mark.parametrize("address", ["/", "/2011/05/fog/", "/tags/fog/", "/feed/", "/media/x.jpg"])
def test_crawlers_may_read_what_readers_read(robots: RobotFileParser, address: str) -> None:
    assert robots.can_fetch("*", f"http://testserver{address}")


@pytest.mark.parametrize("address", ["/admin/", "/accounts/login/", "/preview/x/", "/language/"])
def test_crawlers_stay_out_of_the_rest(robots: RobotFileParser, address: str) -> None:
    assert not robots.can_fetch("*", f"http://testserver{address}")


def test_reply_forms_and_further_pages_of_a_thread_are_named_by_pattern(client: Client) -> None:
    rules = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /*/reply/" in rules
    assert "Disallow: /*?thread=" in rules


def test_the_manifest_names_the_site_and_icons_that_exist(client: Client, settings: Any) -> None:
    settings.PARLEY_SITE_NAME = "“Other” site"
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    facts = response.json()
    assert facts["name"] == "“Other” site"
    assert facts["start_url"] == "/"
    assert {icon["sizes"] for icon in facts["icons"]} == {"192x192", "512x512"}
    for icon in facts["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_old_name_of_the_icon_leads_to_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/icons/favicon.ico")


def test_password_managers_find_the_page_they_want(client: Client) -> None:
    response = client.get("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, "/accounts/password/change/")


def test_there_is_nothing_else_well_known(client: Client, db: None) -> None:
    assert client.get("/.well-known/no-such-thing").status_code == 404


@pytest.mark.parametrize("address", ["/robots.txt", "/site.webmanifest", "/favicon.ico"])
def test_what_changes_rarely_may_be_kept_for_a_day(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=86400, stale-while-revalidate=604800"
    assert "Set-Cookie" not in response
    assert client.post(address).status_code == 405
