"""Texts that are not in the article's language."""

from __future__ import annotations

import pytest

from spam.words import reasons
from tests.conftest import MakePost
from tests.spam.conftest import Fill

TEXTS = {
    "nl": "Ik ben het er niet mee eens, want de dijk is veel ouder dan de kerk en dat staat ook op "
    "het bord naast de deur.",
    "de": "Ich bin nicht der Meinung, denn der Deich ist viel älter als die Kirche, und das steht "
    "auch auf dem Schild an der Tür.",
    "en": "I do not agree, for the dyke is much older than the church and that is what the sign "
    "beside the door says to all of us.",
    "pl": "Nie zgadzam się z tym, ponieważ wał jest znacznie starszy niż kościół, a to samo mówi "
    "też tablica obok drzwi, którą widzi każdy gość.",
    "ru": "Покупайте дешёвые часы на нашем сайте, доставка бесплатно по всей стране, скидки.",
}


def said(make_post: MakePost, fill: Fill, article: str, text: str) -> list[tuple[str, int]]:
    return [(one.words, one.score) for one in reasons(fill(make_post(language=article), text))]


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_the_articles_own_language_needs_no_word(
    make_post: MakePost, fill: Fill, language: str
) -> None:
    assert said(make_post, fill, language, TEXTS[language]) == []


@pytest.mark.parametrize(
    ("article", "text"),
    [("de-AT", "de"), ("nl-BE", "nl"), ("pl", "pl"), ("pt-BR", "en"), ("ru", "ru"), ("uk", "ru")],
)
def test_nor_does_that_of_the_nearest_one_known_or_of_one_that_is_not(
    make_post: MakePost, fill: Fill, article: str, text: str
) -> None:
    assert said(make_post, fill, article, TEXTS[text]) == []


@pytest.mark.parametrize(
    ("article", "text", "reason"),
    [
        ("nl", "en", ("its language is English, the article's is Dutch", 1)),
        ("de", "nl", ("its language is Dutch, the article's is German", 1)),
        ("nl", "pl", ("its language is not the article's, Dutch", 2)),
        ("en", "ru", ("of its letters 100 % are not Latin ones", 4)),
        ("de-AT", "nl", ("its language is Dutch, the article's is German (Austria)", 1)),
        ("pt-BR", "ru", ("of its letters 100 % are not Latin ones", 4)),
    ],
)
def test_another_language_is_told(
    make_post: MakePost, fill: Fill, article: str, text: str, reason: tuple[str, int]
) -> None:
    assert said(make_post, fill, article, TEXTS[text]) == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "Amsterdam, Rotterdam, Utrecht, Groningen.",
        "Спасибо!",
        "`for x in range(10): print(x)` " * 10,
        "https://example.org/a/very/long/address/of/many/words",
        "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
    ],
)
def test_it_says_nothing_of_what_is_short_or_no_prose(
    make_post: MakePost, fill: Fill, text: str
) -> None:
    named = [one["rule"] for one in fill(make_post(language="nl"), text).findings]
    assert "language" not in named
