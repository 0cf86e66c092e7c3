"""Where a link leads stands beside its words, for whoever judges a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup import render_reply, text_of, with_targets


def read(body: str) -> str:
    return text_of(with_targets(render_reply(body, language="en")))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "[www.krant.example](http://totally-other.example/)",
            "www.krant.example (http://totally-other.example/)",
        ),
        ("See [this](https://a.example/?x=1&y=2).", "See this (https://a.example/?x=1&y=2)."),
        ("[*this* `code`](https://a.example/)", "this code (https://a.example/)"),
        ("https://a.example/path", "https://a.example/path"),
        ("<https://a.example>", "https://a.example"),
        ("[a.example](https://a.example/)", "a.example"),
        ("[https://a.example](https://b.example/)", "https://a.example (https://b.example/)"),
        ("Nothing here.", "Nothing here."),
        (
            "[a](https://a.example/) [b](https://b.example/)",
            "a (https://a.example/) b (https://b.example/)",
        ),
        ("[a\nb](https://a.example/)", "a\nb (https://a.example/)"),
    ],
)
def test_the_target_stands_behind_the_words_unless_they_say_it(body: str, text: str) -> None:
    assert read(body) == text


def test_what_is_added_is_no_markup() -> None:
    html = with_targets(render_reply("[x](https://a.example/?<b>&quot;)", language="en"))
    assert "<b>" not in html
    assert html.count("<bdi") == html.count("</bdi>") == 1


@given(st.text("[](<>)\"'&;ab/:. \u202e", max_size=30))
def test_no_words_hide_where_a_link_leads(words: str) -> None:
    html = render_reply(f"[{words}](https://elsewhere.example/)", language="en")
    if "https://elsewhere.example/" in html:
        assert "https://elsewhere.example/" in text_of(with_targets(html))
