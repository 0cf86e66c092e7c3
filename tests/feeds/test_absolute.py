"""Addresses in HTML made absolute, and nothing else touched."""

from __future__ import annotations

import pytest

from feeds.absolute import absolute

PAGE = "https://site.example/2011/05/fog/"


@pytest.mark.parametrize(
    ("relative", "resolved"),
    [
        ("/about/", "https://site.example/about/"),
        ("#h-end", f"{PAGE}#h-end"),
        ("../mist/?a=1&amp;b=2", "https://site.example/2011/05/mist/?a=1&amp;b=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://other.example/a", "https://other.example/a"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("tel:+31201234567", "tel:+31201234567"),
        ("http://[", "http://["),
        ("", PAGE),
    ],
)
def test_an_address_is_resolved_against_the_page(relative: str, resolved: str) -> None:
    assert (
        absolute(f'<a rel="x" href="{relative}">y</a>', PAGE)
        == f'<a rel="x" href="{resolved}">y</a>'
    )


def test_every_candidate_of_a_picture_is_resolved() -> None:
    html = '<img src="/a.jpg" srcset="/a-480.webp 480w, /a-960.webp 960w" alt="x">'
    assert absolute(html, PAGE) == (
        '<img src="https://site.example/a.jpg" '
        'srcset="https://site.example/a-480.webp 480w, https://site.example/a-960.webp 960w" alt="x">'
    )


def test_the_poster_of_a_video_is_resolved() -> None:
    assert 'poster="https://site.example/p.jpg"' in absolute(
        '<video poster="/p.jpg"></video>', PAGE
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p>Write href="/x" or src="/y".</p>',
        '<code>&lt;a href="/x"&gt;</code>',
        '<img alt="he wrote src=" title="a > b" width="1">',
        '<p title="/x" cite="/y">z</p>',
    ],
)
def test_words_that_look_like_addresses_stay_as_they_are(html: str) -> None:
    assert absolute(html, PAGE) == html


def test_an_attribute_after_a_tricky_one_is_still_found() -> None:
    html = '<img alt="a > b src=" src="/a.jpg">'
    assert absolute(html, PAGE) == '<img alt="a > b src=" src="https://site.example/a.jpg">'
