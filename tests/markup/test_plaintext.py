"""The words of a post, and the time they take."""

import pytest

from markup import Picture, has_content, render_post


def test_every_block_is_a_line_of_words_without_markup() -> None:
    source = (
        "# *Kop*\n\nEen[^1] [twee](/x) &amp; `drie`\nvier<sub>2</sub>.\n\n- a\n- b\n\n| c |\n|---|\n"
        "| d |\n\n![](image:q)\n\n[^1]: Noot."
    )
    quay = Picture(key="q", src="/q.jpg", width=1, height=1, alt='x > "y"', caption="Kade")
    text = render_post(source, language="nl", pictures={"q": quay}).text
    assert text.split("\n") == [
        "Kop",
        "Een twee & drie",
        "vier2.",
        "a",
        "b",
        "c",
        "d",
        "Kade",
        "Noot.",
    ]


@pytest.mark.parametrize(
    ("language", "words", "minutes"),
    [("en", 0, 1), ("en", 238, 1), ("en", 239, 2), ("nl", 238, 2), ("de", 560, 3), ("de", 562, 4)],
)
def test_reading_takes_whole_minutes_by_the_language(
    language: str, words: int, minutes: int
) -> None:
    assert render_post("woord " * words, language=language).reading_minutes == minutes


@pytest.mark.parametrize(
    ("source", "has"), [("Woord.", True), ("[^1]\n\n[^1]: Noot.", False), ("&nbsp;", False)]
)
def test_footnotes_alone_are_no_content(source: str, has: bool) -> None:
    assert has_content(render_post(source, language="nl").html) is has
