"""Words of any script as parts of an address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup import SLUG, render_post, slug_of

DEVANAGARI = "हिन्दी में ब्लॉग"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Don't stop", "dont-stop"),
        ("Über die Größe", "über-die-größe"),
        (DEVANAGARI, "हिन्दी-में-ब्लॉग"),
        ("தமிழ் மொழி", "தமிழ்-மொழி"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("İstanbul", "istanbul"),
        ("Cafe\u0301", "caf\u00e9"),
        ("\u2764\ufe0f love", "love"),
        ("1\ufe0f\u20e3 first", "1-first"),
        ("\u0301 loose", "loose"),
        ("\u3164\ufffc", ""),
        ("🎉", ""),
        ("a_b -- c-", "a_b-c"),
    ],
)
def test_a_slug_keeps_letters_with_their_marks_and_nothing_else(text: str, slug: str) -> None:
    assert slug_of(text, longest=100) == slug


def test_a_slug_is_never_cut_between_a_letter_and_its_mark() -> None:
    assert slug_of("कि" * 3, longest=5) == "कि" * 2
    assert slug_of("abc", longest=2) == "ab"


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_slug_fits_the_address_and_is_its_own_slug(text: str, longest: int) -> None:
    slug = slug_of(text, longest=longest)
    assert len(slug) <= longest
    assert not slug or re.fullmatch(SLUG, slug)
    assert slug_of(slug, longest=longest) == slug


@pytest.mark.parametrize(
    ("heading", "id_"),
    [(DEVANAGARI, "h-हिन्दी-में-ब्लॉग"), ("İstanbul", "h-istanbul"), ("Don't stop", "h-don-t-stop")],
)
def test_the_id_of_a_heading_keeps_them_too(heading: str, id_: str) -> None:
    rendered = render_post(f"# {heading}", language="en")
    assert [one.id for one in rendered.toc] == [id_]
    assert f'id="{id_}"' in rendered.html
