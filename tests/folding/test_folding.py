"""What reads the same folds alike."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folding import composed, folded, look_of_name, skeleton

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u17b5\u180b\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2061\u2062\u2064"
    "\u2069\u206f\u3164\ufe00\ufe0e\ufe0f\ufeff\uffa0\ufffc\U000e0001\U000e0061\U000e0100"
)
FOLDS = pytest.mark.parametrize("fold", [folded, skeleton, composed])
# Letters of many scripts and what is hard about them come more often than by chance.
TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("aIıİßﬁéйаονВ١ا한ᄒ̀᷀ͅ " + INVISIBLE))
)


@FOLDS
@given(text=TEXTS)
def test_folding_again_changes_nothing(fold: Callable[[str], str], text: str) -> None:
    assert fold(fold(text)) == fold(text)


@FOLDS
def test_folding_again_changes_no_letter_of_unicode(fold: Callable[[str], str]) -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    once = fold("\n".join(signs))
    assert fold(once) == once


@FOLDS
@given(text=TEXTS, sown=st.lists(st.tuples(st.integers(0, 100), st.sampled_from(INVISIBLE))))
def test_invisible_signs_make_no_difference(
    fold: Callable[[str], str], text: str, sown: list[tuple[int, str]]
) -> None:
    signs = list(text)
    for place, sign in sown:
        signs.insert(place % (len(signs) + 1), sign)
    assert fold("".join(signs)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "сАSІNО",
        "cаѕіno",
        "сαsιηο",
        "ｃａｓｉｎｏ",
        "𝓬𝒶𝖘𝗶𝚗𝔬",
        "ⓒⓐⓢⓘⓝⓞ",
        "ᴄᴀꜱɪɴᴏ",
        "🅲🅰🆂🅸🅽🅾",
        "casıno",
        "càsïn\u0308ō",
        "c\u20dda\ufe20sino",
        "cas\u1ab0ino",
    ],
)
def test_a_letter_is_the_one_that_it_looks_like(text: str) -> None:
    assert folded(text) == "casino"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("КАЗИНО", "казино"),
        ("Ελλάδα", "ΕΛΛΆΔΑ"),
        ("Straße", "STRASSE"),
        ("ÉTÉ", "e\u0301te\u0301"),
        ("한국", "한국"),
    ],
)
def test_capitals_and_spelling_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("modern", "modem"), ("l0l", "lol"), ("100", "loo"), ("smørrebrød", "smorrebrod")],
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_accents_stay_where_words_are_counted() -> None:
    assert skeleton("Gru\u0308ße über Köln") == "grüsse über köln"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ian", "lan"),
        ("Okafor", "0kafor"),
        ("Kim", "Kirn"),
        ("Ada Okafor", "Аdа-Окаfоr"),
        ("Will", "W1ll"),
    ],
)
def test_a_name_is_the_one_that_it_is_taken_for(one: str, other: str) -> None:
    assert look_of_name(one) == look_of_name(other)
