"""The address to which the editor sends pictures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from images.models import Image
from tests.conftest import MakeUser
from tests.pictures.samples import decoded, encoded, half_and_half
from tests.pictures.test_refusals import png_header

UPLOAD = "/admin/images/upload/"
PICTURE = encoded(half_and_half(), "PNG")


@pytest.fixture
def author(make_user: MakeUser) -> User:
    return make_user("ada", role=Role.AUTHOR)


@pytest.fixture
def signed_in(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


def send(client: Client, data: bytes = PICTURE, name: str = "heron.png", **extra: Any) -> Any:
    return client.post(UPLOAD, {"image": SimpleUploadedFile(name, data)}, **extra)


def test_the_address_stands_beside_the_admin_pages_of_images() -> None:
    assert reverse("images:upload") == UPLOAD
    assert reverse("admin:images_image_changelist") == "/admin/images/image/"


def test_a_picture_lands_in_the_library_with_its_sender(signed_in: Client, author: User) -> None:
    response = send(signed_in)
    image = Image.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "image_code": f"![](image:{image.key})",
        "image_path": image.url,
        "key": image.key,
        "alt": "",
    }
    assert (image.uploaded_by, image.name) == (author, "heron")
    with image.file.open() as file:
        assert decoded(file.read()).size == (200, 100)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_who_writes_may_upload(client: Client, make_user: MakeUser, role: Role) -> None:
    client.force_login(make_user(role=role))
    assert send(client).status_code == 201


@pytest.mark.parametrize("role", [None, Role.MODERATOR])
def test_who_does_not_write_may_not(client: Client, make_user: MakeUser, role: Role | None) -> None:
    client.force_login(make_user(role=role))
    response = send(client)
    assert response.status_code == 403
    assert response.json()["error"]
    assert not Image.objects.exists()


def test_a_stranger_may_not(client: Client, db: None) -> None:
    response = send(client)
    assert response.status_code == 403
    assert "sign in" in response.json()["error"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "options"])
def test_only_posts_are_taken(signed_in: Client, method: str) -> None:
    response = getattr(signed_in, method)(UPLOAD)
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_a_missing_csrf_token_is_said_in_json(author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    response = send(client)
    assert response.status_code == 403
    assert "reload" in response.json()["error"]
    assert not Image.objects.exists()


def test_a_csrf_token_in_the_form_is_taken(author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    client.cookies["csrftoken"] = "a" * 32
    body = {"image": SimpleUploadedFile("x.png", PICTURE), "csrfmiddlewaretoken": "a" * 32}
    assert client.post(UPLOAD, body).status_code == 201


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("holiday.png", b"#!/bin/sh\nrm -rf /"),
        ("holiday.jpg", b"<?php system('id');"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.gif", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("paper.png", b"%PDF-1.7"),
        ("cut.png", PICTURE[: len(PICTURE) // 2]),
        ("bomb.png", png_header(50_000, 50_000)),
        ("empty.png", b""),
    ],
    ids=["shell", "php", "svg", "html", "pdf", "cut", "bomb", "empty"],
)
def test_what_is_no_picture_is_refused_in_words(
    signed_in: Client, settings: Any, name: str, data: bytes
) -> None:
    response = send(signed_in, data, name)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert not Image.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_a_file_above_ten_megabytes_is_refused(signed_in: Client) -> None:
    response = send(signed_in, b"\xff" * (10 * 2**20 + 1))
    assert response.status_code == 413
    assert "10 MB" in response.json()["error"]


def test_a_request_above_the_limit_is_refused_unread(signed_in: Client) -> None:
    response = signed_in.post(
        UPLOAD, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="99999999999"
    )
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"--x\r\nrubbish", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", "application/octet-stream"),
        (b"image=heron.png", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
def test_a_request_without_a_picture_is_refused(
    signed_in: Client, body: bytes, content_type: str
) -> None:
    response = signed_in.post(UPLOAD, body, content_type)
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("length", ["abc", "-1", "", "1e9", "９９９９９９９９９９"])
def test_a_nonsense_length_is_no_fault_of_the_server(signed_in: Client, length: str) -> None:
    response = signed_in.post(
        UPLOAD, b"--x--", "multipart/form-data; boundary=x", CONTENT_LENGTH=length
    )
    assert response.status_code in (400, 413)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.png",
        "..\\..\\boot.ini.png",
        "a\x00b.png",
        "x" * 300 + ".png",
        ".png",
        "page.html",
        "\u202egnp.exe.png",
    ],
)
def test_the_name_of_the_file_decides_nothing(signed_in: Client, settings: Any, name: str) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="image"; filename="'
        + name.encode()
        + b'"\r\nContent-Type: text/html\r\n\r\n'
        + PICTURE
        + b"\r\n--x--\r\n"
    )
    response = signed_in.post(UPLOAD, body, "multipart/form-data; boundary=x")
    assert response.status_code in (201, 400)
    for path in Path(settings.MEDIA_ROOT).rglob("*.*"):
        assert path.relative_to(settings.MEDIA_ROOT).parts[0] == "images"
        assert path.suffix in (".png", ".webp")
    for image in Image.objects.all():
        assert image.name.isprintable()
        assert "/" not in image.name


def test_the_same_picture_sent_twice_is_two_images(signed_in: Client) -> None:
    keys = {send(signed_in).json()["key"] for _ in range(2)}
    assert len(keys) == Image.objects.count() == 2


def test_the_sixty_first_picture_within_ten_minutes_has_to_wait(
    signed_in: Client, author: User, make_user: MakeUser
) -> None:
    Image.objects.bulk_create(Image(uploaded_by=author, width=1, height=1) for _ in range(60))
    response = send(signed_in)
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert response.json()["error"]
    Image.objects.update(uploaded_at=timezone.now() - timedelta(minutes=11))
    assert send(signed_in).status_code == 201


def test_pictures_that_a_clock_that_was_ahead_dated_later_do_not_count(
    signed_in: Client, author: User
) -> None:
    later = timezone.now() + timedelta(days=400)
    Image.objects.bulk_create(
        Image(uploaded_by=author, width=1, height=1, uploaded_at=later) for _ in range(60)
    )
    assert send(signed_in).status_code == 201


def test_the_haste_of_one_does_not_slow_another(
    client: Client, author: User, make_user: MakeUser
) -> None:
    Image.objects.bulk_create(Image(uploaded_by=author, width=1, height=1) for _ in range(60))
    client.force_login(make_user("bo", role=Role.AUTHOR))
    assert send(client).status_code == 201


def test_refusals_speak_the_language_of_the_reader(signed_in: Client) -> None:
    response = send(signed_in, b"no picture", headers={"accept-language": "en"})
    assert "JPEG, PNG, WebP, GIF or AVIF" in response.json()["error"]
