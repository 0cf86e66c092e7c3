"""Marks are set as the language of the text sets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup import render_post, render_reply
from markup.extensions.typography import set_dashes, set_text
from markup.language import conventions
from tests.markup.test_properties import EXAMPLES
from tests.markup.typography import de, en, nl

TABLES = {"nl": nl.CASES, "de": de.CASES, "en": en.CASES}


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
        ('<b>"x"</b>', "<b>“x”</b>"),
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


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [(language, *case) for language, cases in TABLES.items() for case in cases],
)
def test_a_line_is_set_as_its_language_sets_it(language: str, source: str, expected: str) -> None:
    assert line(source, language) == expected


@pytest.mark.parametrize("language", TABLES)
def test_a_table_has_fifty_lines_and_none_twice(language: str) -> None:
    assert len(dict(TABLES[language])) == len(TABLES[language]) >= 50


@EXAMPLES
@given(said=st.text("abé .,;:!?…-—()*_`"), language=st.sampled_from([*TABLES]))
def test_a_mark_closes_before_punctuation_and_ends_whatever_stands_before_it(
    said: str, language: str
) -> None:
    quotes = conventions(language).quotes
    for after in (",", ".", "!", ")", " said", ""):
        done = set_text(f'"a{said}"{after}', conventions(language))
        assert done.startswith(quotes.double_open)
        assert done.endswith(quotes.double_close + after)


@EXAMPLES
@given(source=st.text("ab'9n\" .,-—()…sé"), language=st.sampled_from([*TABLES]))
def test_only_marks_are_set_each_by_one_and_once(source: str, language: str) -> None:
    of_language = conventions(language)
    dashed = set_dashes(source)
    done = set_text(source, of_language)
    marks = {"'", '"', "’", *vars(of_language.quotes).values()}
    assert len(done) == len(dashed)
    assert all(now == was or {now, was} <= marks for now, was in zip(done, dashed, strict=True))
