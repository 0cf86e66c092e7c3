"""An author learns what readers will not see, and a text of which they see nothing is not published."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post
from tests.desk.conftest import Submit
from tests.desk.test_writing import ADD

QUAY = "![The quay](image:{})"
EMPTY = [
    ("<!-- only a comment -->", "comments"),
    ("<script>alert(1)</script>", "&lt;script&gt;"),
    ("<iframe src='https://example.org/'></iframe>", "&lt;iframe&gt;"),
    ("<style>p { color: red }</style>\n\n<!-- a -->", "&lt;style&gt;, comments"),
    ("<object></object>", "&lt;object&gt;"),
    ('<img src="/x.png">', "&lt;img&gt;"),
    ("[^1]: Only a note", "readers: [^1]:."),
    ("[^1]\n\n[^1]: Only a note", ""),
    ("[a]: https://example.org/", ""),
    ("<p></p>", ""),
    ("---", ""),
    ("&#8203;\u2060 \u3164 &shy;", ""),
]


@pytest.mark.parametrize(("body", "taken"), EMPTY)
def test_a_text_that_shows_nothing_is_not_published_and_why_is_said(
    desk: Client, submit: Submit, body: str, taken: str
) -> None:
    page = submit(desk, ADD, button="_publish", title="Precious title", body=body)
    assert page.status_code == 200
    assert "A post needs a text." in page.text
    assert taken in page.text
    assert "Precious title" in page.text
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "body", ["1", "🙂", "<b>a</b>", "    code", "|a|\n|-|", "a[^1]\n\n[^1]: b", "<!-- b --> a"]
)
def test_a_text_that_shows_something_is_published(desk: Client, submit: Submit, body: str) -> None:
    submit(desk, ADD, button="_publish", title="Short", body=body)
    assert Post.objects.get().is_live


def test_a_picture_is_enough(desk: Client, submit: Submit, make_image: object) -> None:
    image = make_image(alt="The quay")  # type: ignore[operator]
    submit(desk, ADD, button="_publish", title="Short", body=QUAY.format(image.key))
    assert Post.objects.get().is_live


def test_a_draft_may_show_nothing(desk: Client, submit: Submit) -> None:
    submit(desk, ADD, title="Later", body="<!-- to do -->")
    assert Post.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Taken out of the text, and not shown to readers: &lt;iframe&gt;, comments, &lt;video&gt;.",
        ),
        (
            "nl",
            "Uit de tekst gehaald en niet te zien voor lezers: &lt;iframe&gt;, opmerkingen, &lt;video&gt;.",
        ),
        (
            "de",
            "Aus dem Text entfernt und für Leser nicht zu sehen: &lt;iframe&gt;, Kommentare, &lt;video&gt;.",
        ),
    ],
)
def test_saving_and_previewing_tell_what_was_taken_out(
    desk: Client, submit: Submit, language: str, sentence: str
) -> None:
    body = "A <iframe src=x></iframe> b <!-- c --> d\n\n<video>e</video> <iframe></iframe>"
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    saved = desk.get(submit(desk, ADD, title="Film", body=body)["Location"])
    shown = desk.post(reverse("desk:preview"), {"content": body})
    assert sentence in saved.text
    assert sentence in shown.text
    assert Post.objects.count() == 1


@pytest.mark.parametrize("body", ["Plain.", "<b>a</b> <!-- more --> b", "`<script>`", "a < b"])
def test_nothing_is_said_where_nothing_was_taken_out(
    desk: Client, submit: Submit, body: str
) -> None:
    saved = desk.get(submit(desk, ADD, title="Plain", body=body)["Location"])
    shown = desk.post(reverse("desk:preview"), {"content": body})
    assert "Taken out" not in saved.text + shown.text


def test_a_second_footnote_with_the_name_of_another_is_said(desk: Client) -> None:
    body = "A[^1]\n\n[^1]: b\n\n[^1]: c"
    assert (
        "Taken out of the text, and not shown to readers: [^1]:."
        in desk.post(reverse("desk:preview"), {"content": body}).text
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "What stands between the tags of &lt;object&gt;, &lt;svg&gt; is shown."),
        ("nl", "Wat tussen de tags van &lt;object&gt;, &lt;svg&gt; staat, is wel te zien."),
        ("de", "Was zwischen den Tags von &lt;object&gt;, &lt;svg&gt; steht, ist zu sehen."),
    ],
)
def test_tags_whose_words_stay_are_told_from_what_is_gone_altogether(
    desk: Client, language: str, sentence: str
) -> None:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    body = "A <object>b</object> <iframe>c</iframe> <input> <svg>d</svg>[^1]\n\n[^2]: e"
    assert sentence in desk.post(reverse("desk:preview"), {"content": body}).text
