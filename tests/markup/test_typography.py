"""Marks are set as the language of the text sets them."""

import pytest

from markup import render_post, render_reply


def line(source: str, language: str) -> str:
    html = render_post(source, language=language).html
    return html.removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", "“Zij zei ‘ja’”"),
        ("en", "“Zij zei ‘ja’”"),
        ("de", "„Zij zei ‚ja‘“"),
        ("de-AT", "„Zij zei ‚ja‘“"),
        ("fr", "“Zij zei ‘ja’”"),
    ],
)
def test_quotations_take_the_marks_of_the_language(language: str, expected: str) -> None:
    assert line("\"Zij zei 'ja'\"", language) == expected


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("nl", "'s Avonds zei hij 'nee' tegen 'm", "’s Avonds zei hij ‘nee’ tegen ’m"),
        ("nl", "foto's uit '68 en 't boek", "foto’s uit ’68 en ’t boek"),
        ("en", "'Tis the '90s, rock 'n' roll", "’Tis the ’90s, rock ’n’ roll"),
        ("en", "the authors' own", "the authors’ own"),
        ("de", "Wie geht's? So 'n Tag!", "Wie geht’s? So ’n Tag!"),
        ("en", '\'twas "fun"', "’twas “fun”"),
        ("en", "\"it's 'tis\" he said", "“it’s ’tis” he said"),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(language: str, source: str, expected: str) -> None:
    assert line(source, language) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('a 5" disk', 'a 5" disk'),
        ('("x")', "(“x”)"),
        ('*"x"*', "<em>“x”</em>"),
        ('"*x*"', "“<em>x</em>”"),
        ('"`x`"', "“<code>x</code>”"),
        ('`"x"`', '<code>"x"</code>'),
        (r"\"x\"", '"x"'),
        ('"[x](/y)"', '“<a href="/y" rel="noopener">x</a>”'),
        ('"opened and not closed', "“opened and not closed"),
        ("wait... no", "wait… no"),
        ("1910--1920", "1910–1920"),
        ("yes -- no", "yes – no"),
        ("yes---no", "yes—no"),
        ("run --help", "run --help"),
    ],
)
def test_only_prose_is_set(source: str, expected: str) -> None:
    assert line(source, "en") == expected


def test_replies_are_set_too() -> None:
    assert render_reply('"ja"', language="de") == "<p>„ja“</p>\n"
