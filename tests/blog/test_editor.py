"""The Markdown editor: its preview, and what its widget brings to the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from blog.models import Post
from tests.conftest import MakePost, MakeUser
from tests.images.conftest import MakeImage, make_image  # noqa: F401

TEXT = '# Fog\n\n"Quiet" *morning* <script>alert(1)</script>\n\n- [x] kettle'


@pytest.fixture
def as_author(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("ada", role=Role.AUTHOR))
    return client


def preview(client: Client, content: str = TEXT, language: str = "en") -> Any:
    return client.post(reverse("desk:preview"), {"content": content, "language": language})


def test_the_preview_is_the_published_text_byte_for_byte(
    as_author: Client, make_post: MakePost
) -> None:
    post = make_post(body=TEXT, language="de")
    note, _, text = preview(as_author, language="de").text.partition("</p>\n")
    assert note.strip().startswith('<p class="taken-out"')
    assert "&lt;script&gt;" in note
    assert text == post.body_html


def test_the_preview_shows_the_library_s_pictures_in_one_query(
    as_author: Client,
    make_image: MakeImage,  # noqa: F811
    django_assert_max_num_queries: Any,
) -> None:
    keys = [make_image(width=40, height=30).key for _ in range(5)]
    text = "\n\n".join(f"![Fog](image:{key})" for key in keys)
    with django_assert_max_num_queries(5):
        shown = preview(as_author, text).text
    assert all(f"{key}.jpg" in shown for key in keys)


def test_quotes_follow_the_language_of_the_form(as_author: Client) -> None:
    assert "„Nebel“" in preview(as_author, '"Nebel"', "de").text
    assert "“Nebel”" in preview(as_author, '"Nebel"', "en").text


@pytest.mark.parametrize("language", ["", "xx", "../..", "\x00"])
def test_an_unknown_language_is_the_site_s(as_author: Client, language: str) -> None:
    assert preview(as_author, "Fog", language).text == preview(as_author, "Fog").text


def test_nothing_that_runs_reaches_the_preview(as_author: Client) -> None:
    shown = preview(
        as_author, TEXT + "\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    ).text
    for poison in ("<script", 'href="javascript:', "<img"):
        assert poison not in shown


@pytest.mark.parametrize("content", ["", "\x00", "a\x00b", "[" * 5000, "> " * 3000 + "x"])
def test_strange_text_is_no_fault_of_the_server(as_author: Client, content: str) -> None:
    assert preview(as_author, content).status_code == 200


def test_bytes_that_are_no_text_are_no_fault_of_the_server(as_author: Client) -> None:
    kind = "application/x-www-form-urlencoded"
    assert as_author.post(reverse("desk:preview"), b"content=%ff%fe\xff", kind).status_code == 200


@pytest.mark.parametrize("role", [None, Role.MODERATOR])
def test_who_does_not_write_gets_no_preview(
    client: Client, make_user: MakeUser, role: Role | None
) -> None:
    client.force_login(make_user(role=role))
    assert preview(client).status_code == 403


def test_a_stranger_gets_no_preview(client: Client, db: None) -> None:
    response = preview(client)
    assert response.status_code == 403
    assert response["Content-Type"].startswith("text/plain")


def test_a_preview_is_asked_for_by_post(as_author: Client) -> None:
    response = as_author.get(reverse("desk:preview"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_a_preview_needs_the_token(make_user: MakeUser) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(role=Role.AUTHOR))
    assert preview(client).status_code == 403


def test_a_text_longer_than_a_novel_is_refused_in_words(as_author: Client) -> None:
    response = preview(as_author, "x" * 1_000_001)
    assert response.status_code == 413
    assert "too long" in response.text


def test_a_preview_saves_nothing(as_author: Client) -> None:
    preview(as_author)
    assert not Post.objects.exists()


def test_the_editor_brings_our_script_and_not_markdownx_s(as_author: Client) -> None:
    page = as_author.get(reverse("admin:blog_post_add")).text
    assert '<script src="/static/js/editor.js" type="module"></script>' in page
    assert "markdownx.js" not in page
    assert "markdownx.min.js" not in page
    assert reverse("desk:preview") in page
    assert reverse("images:upload") in page


def test_without_a_script_the_editor_is_a_plain_textarea(as_author: Client) -> None:
    page = as_author.get(reverse("admin:blog_post_add")).text
    editor = page[page.index('class="markdown-editor"') :]
    for part in ("editor-toolbar", "editor-preview", "editor-draft", "editor-file"):
        tag = editor[editor.index(f'class="{part}"') :].split(">", 1)[0]
        assert tag.endswith(" hidden")
    assert 'name="body"' in editor
