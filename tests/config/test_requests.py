"""What holds for every request, whatever the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.conftest import MakePost, MakeUser

UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:")


def test_a_page_that_is_not_there_has_the_sites_design(db: None, client: Client) -> None:
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert "<nav" in page.text


def test_an_anonymous_reader_gets_no_cookie_and_no_token(
    client: Client, make_post: MakePost
) -> None:
    post = make_post()
    for address in ("/", post.get_absolute_url()):
        page = client.get(address)
        assert not page.cookies
        assert "csrfmiddlewaretoken" not in page.text


@pytest.mark.parametrize("token", ["x", "a" * 31, "é", "a" * 500, "%00"])
def test_a_damaged_token_makes_no_page_set_a_cookie(
    client: Client, make_post: MakePost, token: str
) -> None:
    client.cookies["csrftoken"] = token
    for address in ("/", make_post().get_absolute_url(), "/feed/", "/no-such-page/"):
        assert not client.get(address).cookies


def test_a_form_replaces_a_damaged_token(make_post: MakePost) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "x"
    address = f"{make_post().get_absolute_url()}reply/"
    assert client.post(address, {"csrfmiddlewaretoken": "x"}).status_code == 403
    page = client.get(address)
    assert len(page.cookies["csrftoken"].value) == 32
    token = page.context["csrf_token"]
    assert client.post(address, {"csrfmiddlewaretoken": str(token)}).status_code == 422


@pytest.mark.parametrize("address", ["/", "/?page=2", "/about/", "/archive/", "/no-such-page/"])
def test_a_query_that_no_page_knows_changes_nothing_on_it(
    client: Client, make_post: MakePost, address: str
) -> None:
    for _ in range(11):
        make_post()
    asked = f"{address}{'&' if '?' in address else '?'}utm_source=x%22"
    assert client.get(asked).content == client.get(address).content


@pytest.mark.parametrize("query", ["page=%00", "%00", "utm=a%00b"])
def test_an_address_that_is_refused_is_refused_in_the_readers_language(
    db: None, client: Client, query: str
) -> None:
    for asked_in, got in (("de", "de"), ("nl", "nl"), ("en", "en")):
        client.get("/", headers={"accept-language": "nl" if got == "de" else "de"})
        page = client.get(f"/?{query}", headers={"accept-language": asked_in})
        assert page.status_code == 400
        assert f'<html lang="{got}"' in page.text
        assert page["Content-Language"] == got


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/admin/login/", "/no-such-page/"])
def test_the_policy_allows_nothing_inline_and_nothing_foreign(
    db: None, client: Client, address: str
) -> None:
    policy = client.get(address, follow=True)["Content-Security-Policy"]
    sources = [word for directive in policy.split(";") for word in directive.split()[1:]]
    assert not set(sources) & set(UNSAFE)
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ["/", "/feed/", "/robots.txt", "/accounts/login/"])
def test_who_has_a_page_already_is_told_so_without_it_as_well(
    make_post: MakePost, client: Client, address: str
) -> None:
    make_post()
    page = client.get(address)
    tag = page.headers.get("ETag", '"none"')
    known = {"if-none-match": tag}
    expected = client.get(address, headers=known).status_code
    assert client.head(address, headers=known).status_code == expected
    assert client.head(address, headers={"if-none-match": '"x"'}).status_code == 200
    assert client.head(address).headers.get("ETag") == page.headers.get("ETag")


@pytest.mark.parametrize(
    ("wanted", "coding"),
    [("gzip", "gzip"), ("gzip;q=0.1", "gzip"), ("gzip;q=0", None), ("br, gzip; q=0.000", None)],
)
def test_a_page_comes_in_no_coding_that_is_refused(
    db: None, client: Client, wanted: str, coding: str | None
) -> None:
    page = client.get("/accounts/login/", headers={"accept-encoding": wanted})
    assert page.headers.get("Content-Encoding") == coding


def test_a_reader_chooses_a_language_and_it_is_remembered(db: None, client: Client) -> None:
    answer = client.post("/language/", {"language": "nl", "next": "/about/"})
    assert answer["Location"] == "/about/"
    assert '<html lang="nl"' in client.get("/about/").text


@pytest.mark.parametrize(
    ("page", "referer", "leads_to"),
    [
        ("/tags/caf%C3%A9/", "http://testserver/tags/caf%C3%A9/?page=3", "/tags/caf%C3%A9/?page=3"),
        ("/", "http://testserver/?page=2&before=1", "/?page=2&before=1"),
        ("/about/", "http://testserver/about/", "/about/"),
        # What the browser does not tell, or tells of another page, is left out.
        ("/about/", "", "/about/"),
        ("/about/", "http://testserver/", "/about/"),
        ("/about/", "http://testserver/?page=2", "/about/"),
        ("/about/", "http://[", "/about/"),
    ],
)
def test_choosing_a_language_leads_back_to_the_same_part_of_a_page(
    db: None, client: Client, page: str, referer: str, leads_to: str
) -> None:
    headers = {"referer": referer} if referer else {}
    chosen = {"language": "nl", "next": page}
    assert client.post("/language/", chosen, headers=headers)["Location"] == leads_to


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("?thread=1", "?thread=1"),
        ("?utm_source=x&thread=1&sort=newest", "?thread=1&amp;sort=newest"),
        ("?utm_source=x", ""),
        ('?thread="><b>', "?thread=%22%3E%3Cb%3E"),
        ("?" + "sort=&" * 1001, ""),  # more than is read
    ],
)
def test_the_choice_names_of_the_query_what_the_page_knows(
    query: str, known: str, client: Client, make_post: MakePost
) -> None:
    path = make_post("Herons").get_absolute_url()
    page = client.get(path + query)
    assert f'name="next" value="{path}{known}"' in page.text


def test_choosing_a_language_leads_back_to_the_part_that_the_form_names(
    db: None, client: Client
) -> None:
    for referer in ({}, {"referer": "http://testserver/?utm_source=x&page=2"}):
        chosen = {"language": "nl", "next": "/?page=2"}
        assert client.post("/language/", chosen, headers=referer)["Location"] == "/?page=2"


def test_without_a_choice_the_browsers_language_is_used(db: None, client: Client) -> None:
    for wanted, got in (("de-AT,de;q=0.9", "de"), ("nl", "nl"), ("fr", "en"), ("xx;q=zz", "en")):
        page = client.get("/", headers={"accept-language": wanted})
        assert f'<html lang="{got}"' in page.text


def test_choosing_a_language_leads_to_no_foreign_site(db: None, client: Client) -> None:
    answer = client.post("/language/", {"language": "nl", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_a_form_without_its_token_is_refused_and_what_was_typed_is_shown(
    make_post: MakePost,
) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"{make_post().get_absolute_url()}reply/"
    typed = {"body": "My <b>long</b> thoughts", "name": "Nora", "password": "hunter22"}
    page = client.post(address, typed | {"made": "1795414365.6:W3zz", "key": "5b0d54f6"})
    assert page.status_code == 403
    assert "1795414365" not in page.text
    assert "My &lt;b&gt;long&lt;/b&gt; thoughts" in page.text
    assert "hunter22" not in page.text


@pytest.mark.parametrize(
    ("token", "says"), [("", "Allow cookies for this site"), ("a" * 32, "opened long ago")]
)
def test_a_form_says_whether_its_cookie_is_missing(
    make_post: MakePost, token: str, says: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    if token:
        client.cookies["csrftoken"] = token
    typed = {"reply": "My thoughts", "name": "李"}
    page = client.post(f"{make_post().get_absolute_url()}reply/", typed)
    assert page.status_code == 403
    assert says in page.text
    assert all(text in page.text for text in typed.values())


def test_a_form_from_a_foreign_site_shows_nothing_of_what_it_sent(make_post: MakePost) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"{make_post().get_absolute_url()}reply/"
    page = client.post(address, {"body": "Planted"}, headers={"origin": "https://evil.example"})
    assert page.status_code == 403
    assert "Planted" not in page.text


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/language/"])
def test_more_than_a_form_may_hold_is_too_much(db: None, client: Client, address: str) -> None:
    answer = client.post(address, {"login": "x" * 13 * 2**20})
    assert answer.status_code == 413
    assert "too much" in answer.text


@pytest.mark.parametrize("address", ["/", "/feed/", "/sitemap.xml", "/admin/", "/nope/"])
@pytest.mark.parametrize("host", ["evil.example", "a b", ""])
def test_a_host_that_is_not_ours_is_a_bad_request(
    db: None, client: Client, settings: Any, address: str, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["blog.example"]
    assert client.get(address, headers={"host": host}).status_code == 400


def test_a_name_too_long_for_a_file_is_not_found(db: None, client: Client, settings: Any) -> None:
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    assert client.get("/media/" + "a" * 300).status_code == 404


def test_an_uploaded_file_is_served_to_be_kept(db: None, client: Client, settings: Any) -> None:
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    (folder / "a.webp").write_bytes(b"RIFF")
    answer = client.get("/media/images/a.webp")
    assert answer.headers["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    answer.close()


@pytest.mark.parametrize("path", ["nothing.png", "images/", "../secret_key", "%2e%2e/secret_key"])
def test_no_other_file_can_be_reached(db: None, client: Client, settings: Any, path: str) -> None:
    Path(settings.MEDIA_ROOT, "images").mkdir(parents=True)
    Path(settings.MEDIA_ROOT).parent.joinpath("secret_key").write_text("secret")
    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_monitors_learn_that_the_site_is_ready(db: None, client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_admin_is_entered_through_the_sites_own_sign_in(
    client: Client, make_user: MakeUser
) -> None:
    assert "/accounts/login/" in client.get("/admin/", follow=True).redirect_chain[-1][0]
    client.force_login(make_user("reader"))
    assert client.get("/admin/").status_code in {302, 403}
