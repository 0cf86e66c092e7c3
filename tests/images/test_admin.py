"""The library in the admin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from images.models import Image
from tests.conftest import MakePost, MakeUser
from tests.images.conftest import MakeImage
from tests.pictures.samples import encoded, half_and_half

LIST = "/admin/images/image/"
ADD = f"{LIST}add/"
WORDS = {
    "name": "heron",
    "alt": "A heron",
    "caption": "",
    "credit": "",
    "credit_url": "",
    "licence": "",
    "focal_x": "0.5",
    "focal_y": "0.5",
}


@pytest.fixture
def author(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


@pytest.fixture
def as_author(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


@pytest.fixture
def as_editor(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("ed", role=Role.EDITOR))
    return client


def page_of(image: Image) -> str:
    return f"{LIST}{image.pk}/change/"


def file(data: bytes, name: str = "heron.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_list_shows_thumbnails_in_few_queries(
    as_editor: Client, make_image: MakeImage, author: User, django_assert_max_num_queries: Any
) -> None:
    images = [make_image(width=500, height=30, uploaded_by=author) for _ in range(6)]
    with django_assert_max_num_queries(9):
        page = as_editor.get(LIST)
    for image in images:
        assert f'src="{image.thumbnail_url}"' in page.text


def test_the_list_finds_what_lacks_alt_text(as_editor: Client, make_image: MakeImage) -> None:
    make_image(width=40, height=30, alt="", name="nameless")
    make_image(width=40, height=30, alt="", decorative=True, name="border")
    make_image(width=40, height=30, alt="A heron", name="heron")

    def shown(query: str) -> set[str]:
        found = as_editor.get(LIST + query).context["cl"].result_list
        return {image.name for image in found}

    assert shown("?alt=missing") == {"nameless"}
    assert shown("?alt=present") == {"heron"}
    assert shown("?alt=decorative") == {"border"}
    assert shown("?alt=nonsense") == {"nameless", "border", "heron"}


def test_the_list_filters_by_licence_and_searches(as_editor: Client, make_image: MakeImage) -> None:
    make_image(width=40, height=30, credit="Bo Lind", licence="cc0-1.0", alt="A gate")
    make_image(width=40, height=30, alt="A heron")
    page = as_editor.get(LIST, {"licence__exact": "cc0-1.0"})
    assert [image.alt for image in page.context["cl"].result_list] == ["A gate"]
    for query, found in [("heron", ["A heron"]), ("lind", ["A gate"]), ("\x1f\ufffd", [])]:
        page = as_editor.get(LIST, {"q": query})
        assert [image.alt for image in page.context["cl"].result_list] == found


def test_an_author_adds_an_image_by_form(as_author: Client, author: User) -> None:
    words = WORDS | {"name": "", "alt": "A heron\r\nat dawn"}
    response = as_author.post(
        ADD, words | {"picture": file(encoded(half_and_half(), "PNG"), "river.png")}
    )
    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.name, image.alt, image.uploaded_by) == ("river", "A heron at dawn", author)


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"<svg onload='alert(1)'/>", b"\xff" * (10 * 2**20 + 1)]
)
def test_a_bad_file_is_an_error_on_its_field(as_author: Client, data: bytes) -> None:
    response = as_author.post(ADD, WORDS | {"picture": file(data)})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["picture"]
    assert "A heron" in response.text
    assert not Image.objects.exists()


def test_no_file_is_an_error_on_its_field(as_author: Client) -> None:
    response = as_author.post(ADD, WORDS)
    assert response.context["adminform"].form.errors["picture"]


def test_a_nul_byte_in_a_word_is_an_error_on_its_field(as_author: Client) -> None:
    response = as_author.post(
        ADD, WORDS | {"alt": "a\x00b", "picture": file(encoded(half_and_half(), "PNG"))}
    )
    assert response.context["adminform"].form.errors["alt"]


def test_an_author_changes_the_words_of_an_own_image(
    as_author: Client, author: User, make_image: MakeImage, django_assert_max_num_queries: Any
) -> None:
    image = make_image(uploaded_by=author)
    with django_assert_max_num_queries(12):
        page = as_author.get(page_of(image))
    assert image.markdown in page.text
    assert image.usual_url in page.text
    words = WORDS | {"alt": "A grey heron", "focal_x": "0.25", "licence": "cc-by-4.0"}
    assert as_author.post(page_of(image), words).status_code == 302
    image.refresh_from_db()
    assert (image.alt, image.focal_x, image.licence) == ("A grey heron", 0.25, "cc-by-4.0")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("focal_x", "2"),
        ("focal_y", "nan"),
        ("licence", "mine"),
        ("credit_url", "javascript:alert(1)"),
    ],
)
def test_impossible_words_are_errors_on_their_field(
    as_author: Client, author: User, make_image: MakeImage, field: str, value: str
) -> None:
    image = make_image(uploaded_by=author)
    response = as_author.post(page_of(image), WORDS | {field: value})
    assert response.context["adminform"].form.errors[field]


def test_an_author_sees_the_images_of_others_and_changes_none(
    as_author: Client, make_image: MakeImage
) -> None:
    image = make_image(alt="Theirs")
    page = as_author.get(page_of(image))
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert as_author.post(page_of(image), WORDS).status_code == 403
    image.refresh_from_db()
    assert image.alt == "Theirs"


def test_an_image_that_was_described_stays_so_or_is_decorative(
    as_editor: Client, make_image: MakeImage
) -> None:
    image = make_image(alt="A heron")
    page = as_editor.post(page_of(image), WORDS | {"alt": " "})
    assert "mark it as decorative" in page.text
    image.refresh_from_db()
    assert image.alt == "A heron"
    assert (
        as_editor.post(page_of(image), WORDS | {"alt": "", "decorative": "on"}).status_code == 302
    )


def test_an_editor_changes_the_images_of_all(as_editor: Client, make_image: MakeImage) -> None:
    image = make_image(alt="Theirs")
    assert as_editor.post(page_of(image), WORDS).status_code == 302
    image.refresh_from_db()
    assert image.alt == "A heron"


def test_an_author_deletes_nothing(as_author: Client, author: User, make_image: MakeImage) -> None:
    image = make_image(uploaded_by=author)
    assert as_author.post(f"{LIST}{image.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Image.objects.exists()


@pytest.mark.parametrize("by", ["page", "action"])
def test_an_editor_deletes_an_image_with_its_files(
    as_editor: Client,
    make_image: MakeImage,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    by: str,
) -> None:
    image = make_image()
    address, data = {
        "page": (f"{LIST}{image.pk}/delete/", {"post": "yes"}),
        "action": (
            LIST,
            {"action": "delete_selected", "_selected_action": image.pk, "post": "yes"},
        ),
    }[by]
    with django_capture_on_commit_callbacks(execute=True):
        assert as_editor.post(address, data).status_code == 302
    assert not Image.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


@pytest.mark.parametrize("by", ["page", "action"])
def test_an_image_in_use_is_not_deleted_and_its_posts_are_named(
    as_editor: Client, make_image: MakeImage, make_post: MakePost, by: str
) -> None:
    image = make_image()
    make_post("Fog over the river", body=f"![Fog](image:{image.key})")
    if by == "page":
        page = as_editor.post(f"{LIST}{image.pk}/delete/", {"post": "yes"})
    else:
        action = {"action": "delete_selected", "_selected_action": image.pk, "post": "yes"}
        page = as_editor.post(LIST, action)
    assert page.status_code == 200
    assert "Fog over the river" in page.text
    assert Image.objects.exists()


def test_the_page_of_an_image_says_where_it_is_shown(
    as_editor: Client, make_image: MakeImage, make_post: MakePost
) -> None:
    image = make_image()
    make_post("Fog over the river", body=f"![Fog](image:{image.key})")
    assert "Fog over the river" in as_editor.get(page_of(image)).text


@pytest.mark.parametrize("role", [None, Role.MODERATOR])
def test_who_does_not_write_has_no_library(
    client: Client, make_user: MakeUser, role: Role | None
) -> None:
    client.force_login(make_user(role=role))
    assert client.get(LIST).status_code in (302, 403)
    assert client.get(ADD).status_code in (302, 403)


@pytest.mark.parametrize(
    "address", ["999999/change/", "abc/change/", "add/?name=%00", "?p=abc", "?uploaded_at__year=x"]
)
def test_strange_addresses_are_no_fault_of_the_server(as_editor: Client, address: str) -> None:
    assert as_editor.get(LIST + address).status_code < 500
