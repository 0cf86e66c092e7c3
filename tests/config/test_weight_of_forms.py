"""How much anybody may send: what is above is refused before any of it is looked at."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from PIL import Image

from accounts.models import User
from accounts.roles import Role
from tests.conftest import MakePost, MakeUser
from tests.pictures.samples import encoded

MUCH = 300 * 1024
FORM = "application/x-www-form-urlencoded"
FILE = "multipart/form-data; boundary=x"
ADDRESSES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/admin/login/",
    "/language/",
    "/comments/mine/",
]


@pytest.fixture(autouse=True)
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lengths of the bodies that were parsed."""
    lengths: list[str] = []
    parse = HttpRequest._load_post_and_files

    def note(request: HttpRequest) -> None:
        lengths.append(request.META["CONTENT_LENGTH"])
        parse(request)

    monkeypatch.setattr(HttpRequest, "_load_post_and_files", note)
    return lengths


def send(client: Client, address: str, *, kind: str = FORM) -> Any:
    return client.post(address, b"reply=" + b"x" * MUCH, kind)


@pytest.mark.parametrize("kind", [FORM, FILE, "text/plain", "application/json", ""])
@pytest.mark.parametrize("is_checked", [True, False])
def test_a_heavy_reply_is_refused_unparsed(
    make_post: MakePost, parsed: list[str], kind: str, is_checked: bool
) -> None:
    client = Client(enforce_csrf_checks=is_checked)
    answer = send(client, f"/{make_post().address}/reply/", kind=kind)
    assert answer.status_code == 413
    assert "too much" in answer.text
    assert len(answer.content) < 20_000
    assert not parsed


@pytest.mark.parametrize("address", ADDRESSES)
def test_so_is_any_other_heavy_form(
    db: None, client: Client, parsed: list[str], address: str
) -> None:
    assert send(client, address).status_code == 413
    assert not parsed


def test_a_forged_session_and_token_change_nothing(make_post: MakePost) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"], client.cookies["csrftoken"] = "x" * 32, "a" * 32
    assert send(client, f"/{make_post().address}/reply/").status_code == 413


def test_a_page_that_is_not_there_parses_nothing(
    db: None, client: Client, parsed: list[str]
) -> None:
    assert send(client, "/no/such/page/").status_code == 404
    assert not parsed


def test_nothing_is_read_of_what_is_longer_than_anything_that_is_taken(
    make_post: MakePost, client: Client
) -> None:
    body: Any = {
        "wsgi.input": Mock(read=Mock(side_effect=AssertionError)),
        "CONTENT_LENGTH": "9" * 11,
    }
    assert client.post(f"/{make_post().address}/reply/", b"", FORM, **body).status_code == 413


@pytest.mark.parametrize("kind", [FORM, FILE])
def test_not_even_for_the_staff(
    make_user: MakeUser, client: Client, parsed: list[str], kind: str
) -> None:
    client.force_login(make_user("ada", role=Role.AUTHOR))
    length: Any = {"CONTENT_LENGTH": str(12 * 2**20 + 1)}
    assert client.post("/accounts/profile/", b"", kind, **length).status_code == 413
    assert not parsed


def test_a_picture_of_a_stranger_is_refused_as_the_editor_shows_it(
    db: None, client: Client, parsed: list[str]
) -> None:
    answer = send(client, "/admin/images/upload/", kind=FILE)
    assert answer.status_code == 403
    assert "sign in" in answer.json()["error"]
    assert not parsed


def test_the_limit_is_a_setting(make_post: MakePost, settings: Any) -> None:
    client, address = Client(), f"/{make_post().address}/reply/"
    settings.PARLEY_FORM_BYTES = MUCH
    typed = {"reply": "x" * (MUCH - 100), "name": "Wim", "email": "wim@example.org"}
    assert client.post(address, typed).status_code == 413
    settings.PARLEY_FORM_BYTES = 2 * MUCH
    assert client.post(address, typed).status_code == 422
    settings.PARLEY_FORM_BYTES = 1024
    assert client.post(address, typed).status_code == 413


def test_the_longest_reply_comes_through_in_its_heaviest_spelling(make_post: MakePost) -> None:
    typed = {"reply": "🙂" * 10_000, "name": "🙂" * 60, "email": "wim@example.org"}
    body = "&".join(
        f"{name}={''.join(f'%{b:02X}' for b in text.encode())}" for name, text in typed.items()
    )
    assert Client().post(f"/{make_post().address}/reply/", body, FORM).status_code == 303


@pytest.mark.parametrize("length", ["abc", "-1", "1e9", ""])
def test_a_nonsense_length_is_no_fault_of_the_server(
    make_post: MakePost, client: Client, length: str
) -> None:
    body: Any = {"CONTENT_LENGTH": length}
    answer = client.post(f"/{make_post().address}/reply/", b"", FORM, **body)
    assert answer.status_code == 422


def test_authors_send_long_posts_and_accounts_their_portraits(make_user: MakeUser) -> None:
    author, reader = Client(), Client()
    author.force_login(make_user("ada", role=Role.AUTHOR))
    reader.force_login(make_user("ria"))
    long = {"content": "x" * MUCH, "language": "en"}
    assert author.post("/admin/preview/", long).status_code == 200
    portrait = SimpleUploadedFile("me.png", encoded(Image.effect_noise((700, 700), 99), "PNG"))
    assert (portrait.size or 0) > MUCH
    typed = {"display_name": "Ria", "own-portrait": portrait}
    assert reader.post("/accounts/profile/", typed).status_code == 302
    assert User.objects.get(username="ria").portrait


@pytest.mark.parametrize("address", ["/accounts/profile/", "/accounts/password/change/", "reply/"])
@pytest.mark.parametrize("has_file", [True, False])
def test_an_account_without_a_role_sends_no_heavy_text(
    make_user: MakeUser,
    make_post: MakePost,
    client: Client,
    parsed: list[str],
    address: str,
    has_file: bool,
) -> None:
    client.force_login(make_user("ria"))
    if not address.startswith("/"):
        address = f"/{make_post().address}/{address}"
    assert send(client, address).status_code == 413
    assert not parsed
    file = {"own-portrait": SimpleUploadedFile("me.png", b"x" * 10)} if has_file else {}
    answer = client.post(address, {"reply": "<" * MUCH, "display_name": "<" * MUCH, **file})
    assert answer.status_code == 413
    assert len(answer.content) < 20_000


def test_of_a_form_with_thousands_of_fields_little_is_repeated(make_post: MakePost) -> None:
    client = Client(enforce_csrf_checks=True)
    many = {f"field{n}": "something" for n in range(1999)}
    answer = client.post(f"/{make_post().address}/reply/", many)
    assert answer.status_code == 403
    assert answer.text.count("something") == 50
