"""Which names people may have: those of all scripts, and none that only looks like another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.names import validate_name, without_piles
from markup import shows_something

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
VS16, ZWJ, ZWNJ = "\ufe0f", "\u200d", "\u200c"


@pytest.mark.parametrize(
    "name",
    [
        "Ada Okafor",
        "O’Brien",
        "Jean‑Luc",
        "IJsbrand van IJ",
        "Dvořák, 3e",
        f"علی{ZWNJ}رضا",
        f"نِ{ZWNJ}رضا",
        f"क्{ZWJ}षिति",
        f"র{ZWJ}\u09cdযাচেল",
        f"ශ්{ZWJ}රී",
        f"മോഹന\u0d4d{ZWJ}",
        "Nguyễn Thị Ánh",
        "นํ้าฝน",
        "Иван Сорокин",
        "渡邊\U000e0100",
        "김철수",
        f"👨{ZWJ}👩{ZWJ}👧{ZWJ}👦 Smit",
        f"👩🏽{ZWJ}💻",
        f"❤{VS16}{ZWJ}🔥",
        f"1{VS16}\u20e3 Jan",
        f"‼{VS16} Bob",
        f"ℹ{VS16} Info",
        f"〰{VS16}",
        f"👁{VS16}{ZWJ}🗨{VS16}",
        f"{ENGLAND} Harry",
        f"Harry {ENGLAND}",
    ],
)
def test_a_name_of_any_script_is_taken(name: str) -> None:
    validate_name(name)


@pytest.mark.parametrize(
    "name",
    [
        f"A{ZWJ}da",
        f"Ada{ZWNJ}",
        f"{ZWJ}Ada",
        f"Ада{ZWNJ}м",
        f"Ada {VS16}",
        f"A{VS16}da",
        "A\ufe00da",
        "A\U000e0101da",
        "A\U000e0061da",
        "A\u034fda",
        ENGLAND[:-1],
        ENGLAND[1:],
        f"A{ENGLAND[1:]}",
        f"🏴{ENGLAND[1:-1] * 5}\U000e007f",
        "A\u00adda",
        "A\u2062da",
        "A\ufeffda",
        "A\u3164da",
        "A\uffa0da",
        "A\u2800da",
        "A\ufffcda",
        "A\u202eda",
        "A\x07da",
    ],
)
def test_a_sign_that_nobody_sees_is_refused_where_no_script_needs_it(name: str) -> None:
    with pytest.raises(ValidationError, match="invisible"):
        validate_name(name)


@pytest.mark.parametrize(
    "text", ["\u200b", "\ufffc", "\u3164 \u2800", "\ufe0f", "\u00ad\u2060", ""]
)
def test_what_shows_nothing_is_no_text(text: str) -> None:
    assert not shows_something(text)


@pytest.mark.parametrize("between", ["", ZWJ, ZWNJ, "\u2060", "\u00ad", "\u200b\u200b"])
def test_marks_are_counted_through_invisible_signs(between: str) -> None:
    piled = "e" + between.join(["\u0301"] * 20) + "n"
    assert without_piles(piled).count("\u0301") == 4
    with pytest.raises(ValidationError):
        validate_name(piled)


@pytest.mark.parametrize(
    "text", ["Nguyễn", "e\u0301\u0302\u0303\u0304 e\u0301", "你好吗你好吗", "नमस्ते दुनिया"]
)
def test_marks_as_languages_have_them_stay(text: str) -> None:
    assert without_piles(text) == text
