from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import Author, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db
URL = "/accounts/profile/"
NO_LINKS = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}


@pytest.fixture
def writer(make_user: Any, client: Client) -> User:
    user: User = make_user("ada", role=Role.AUTHOR)
    client.force_login(user)
    return user


def byline_data(**changes: Any) -> dict[str, Any]:
    return {"display_name": "Ada", "name": "Ada Okafor"} | NO_LINKS | changes


def test_it_is_for_people_who_signed_in(client: Client) -> None:
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert client.post(URL, {"display_name": "x"}).status_code == 302


def test_a_reader_chooses_the_name_that_replies_carry(client: Client, make_user: Any) -> None:
    user = make_user("ada")
    assert user.public_name == "ada"
    client.force_login(user)
    page = client.get(URL)
    assert "byline_form" not in page.context
    assert client.post(URL, {"display_name": "Ada O."})["Location"] == URL
    assert User.objects.get().public_name == "Ada O."


def test_a_reader_gets_no_byline_by_sending_one(client: Client, make_user: Any) -> None:
    client.force_login(make_user("ada"))
    client.post(URL, byline_data())
    assert not Author.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("a" * 81, "ada\x00", "\u200b", "\u202eada", "\u2066ada", "ada\u0007", "\u200d\u200c"),
        *("\u2800", "\u3164", "\u115f\u1160"),
    ],
)
def test_a_name_that_shows_nothing_or_turns_the_text_around_is_refused(
    client: Client, make_user: Any, name: str
) -> None:
    client.force_login(make_user("ada"))
    response = client.post(URL, {"display_name": name})
    assert response.status_code == 200
    assert response.context["person_form"].errors.keys() == {"display_name"}
    assert User.objects.get().display_name == ""


@pytest.mark.parametrize("name", ["Zoë", "李小龍", "علی\u200cرضا", "O’Neill-Şahin", "🙂"])
def test_names_of_the_world_are_welcome(client: Client, make_user: Any, name: str) -> None:
    client.force_login(make_user("ada"))
    client.post(URL, {"display_name": name})
    assert User.objects.get().display_name == name


def test_a_writer_changes_the_byline_and_its_address_stays(client: Client, writer: User) -> None:
    data = byline_data(
        name="Ada van Dam", biography="Writes *slowly*.", website="example.org", slug="taken-over"
    )
    assert client.post(URL, data).status_code == 302
    author = Author.objects.get()
    assert (author.name, author.slug) == ("Ada van Dam", "ada")
    assert author.biography_html.strip() == "<p>Writes <em>slowly</em>.</p>"
    assert author.website == "https://example.org"
    assert User.objects.get().public_name == "Ada van Dam"


def test_links_are_added_kept_in_order_and_removed(client: Client, writer: User) -> None:
    added = byline_data() | {
        "links-TOTAL_FORMS": "2",
        "links-0-label": "Code",
        "links-0-url": "https://code.example/ada",
        "links-1-label": "Photos",
        "links-1-url": "photos.example/ada",
    }
    client.post(URL, added)
    first, second = writer.author.links.all()
    assert (first.label, second.url) == ("Code", "https://photos.example/ada")
    removed = added | {
        "links-INITIAL_FORMS": "2",
        "links-0-id": first.pk,
        "links-0-DELETE": "on",
        "links-1-id": second.pk,
    }
    client.post(URL, removed)
    assert list(writer.author.links.all()) == [second]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "data:text/html,x"])
def test_a_link_leads_to_the_web_and_nowhere_else(client: Client, writer: User, url: str) -> None:
    data = byline_data(website=url) | {
        "links-TOTAL_FORMS": "1",
        "links-0-label": "Look",
        "links-0-url": url,
    }
    response = client.post(URL, data)
    assert response.context["byline_form"].errors.keys() == {"website"}
    assert response.context["link_forms"].errors[0].keys() == {"url"}


def test_nobody_changes_somebody_elses_links(
    client: Client, writer: User, make_author: Any
) -> None:
    foreign = make_author("Bo").links.create(label="Bo's", url="https://bo.example")
    data = byline_data() | {
        "links-TOTAL_FORMS": "1",
        "links-INITIAL_FORMS": "1",
        "links-0-id": foreign.pk,
        "links-0-label": "Mine",
        "links-0-url": "https://ada.example",
    }
    client.post(URL, data)
    foreign.refresh_from_db()
    assert (foreign.label, foreign.author.name) == ("Bo's", "Bo")
    assert not writer.author.links.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "100000", "9" * 30])
def test_a_tampered_form_is_no_server_error(client: Client, writer: User, total: str) -> None:
    response = client.post(URL, byline_data() | {"links-TOTAL_FORMS": total})
    assert response.status_code in {200, 302}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_portrait_becomes_a_small_square_whatever_its_name(
    client: Client, writer: User, make_upload: Any, kind: str
) -> None:
    portrait = make_upload((900, 600), kind, name="../me.html")
    assert client.post(URL, byline_data(portrait=portrait)).status_code == 302
    file: Any = Author.objects.get().portrait
    assert file.name.startswith("portraits/")
    assert file.name.endswith(".webp")
    assert "me" not in file.name.removeprefix("portraits/").removesuffix(".webp").split("-")
    with file.open() as stored, Image.open(stored) as picture:
        assert (picture.size, picture.format) == ((512, 512), "WEBP")


def test_a_small_portrait_is_not_blown_up(client: Client, writer: User, make_upload: Any) -> None:
    client.post(URL, byline_data(portrait=make_upload((100, 60))))
    assert Author.objects.get().portrait.width == 60


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b"", b"\x89PNG\r\n\x1a\n", b"GIF89a<?php"]
)
def test_what_is_no_picture_is_refused_at_the_field_and_nothing_typed_is_lost(
    client: Client, writer: User, content: bytes
) -> None:
    upload = SimpleUploadedFile("me.png", content, content_type="image/png")
    response = client.post(URL, byline_data(portrait=upload, biography="Typed for an hour."))
    form = response.context["byline_form"]
    assert form.errors.keys() == {"portrait"}
    assert "Typed for an hour." in response.content.decode()
    assert Author.objects.get().portrait.name == ""


@pytest.mark.django_db(transaction=True)
def test_a_new_portrait_removes_the_old_file_and_so_does_none(
    client: Client, writer: User, make_upload: Any
) -> None:
    client.post(URL, byline_data(portrait=make_upload()))
    first = str(Author.objects.get().portrait.name)
    client.post(URL, byline_data(portrait=make_upload((300, 300))))
    second = str(Author.objects.get().portrait.name)
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    client.post(URL, byline_data() | {"portrait-clear": "on"})
    assert Author.objects.get().portrait.name == ""
    assert not default_storage.exists(second)


def test_a_save_that_fails_keeps_the_portrait(
    client: Client, writer: User, make_upload: Any
) -> None:
    client.post(URL, byline_data(portrait=make_upload()))
    kept = str(Author.objects.get().portrait.name)
    client.post(URL, byline_data(name="", portrait=make_upload()))
    assert Author.objects.get().portrait.name == kept
    assert default_storage.exists(kept)


def test_the_page_is_never_kept_by_a_cache(client: Client, writer: User) -> None:
    assert "no-store" in client.get(URL)["Cache-Control"]


def test_the_number_of_queries_stands_whatever_the_number_of_links(
    client: Client, writer: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        writer.author.links.create(label=f"{number}", url=f"https://{number}.example")
    with django_assert_max_num_queries(6):
        client.get(URL)
