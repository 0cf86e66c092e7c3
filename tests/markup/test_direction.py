"""Arabic and Hebrew run from right to left, in posts and replies, beside what runs the other way."""

import pytest

from markup import Picture, render_note, render_post, render_reply
from markup.direction import is_rtl
from tests.markup.reading import tree

ARABIC, HEBREW, LATIN = "مرحبا بكم.", "שלום לכולם.", "Hello (all)."


def post(source: str, language: str = "en") -> str:
    return render_post(source, language=language).html


@pytest.mark.parametrize("words", [ARABIC, HEBREW])
def test_a_paragraph_goes_by_its_first_letter(words: str) -> None:
    expected = f'<p dir="auto">{words}</p>\n<p dir="auto">{LATIN}</p>\n'
    source = f"{words}\n\n{LATIN}"
    assert post(source) == post(source, "ar") == expected
    assert render_reply(source, language="en") == render_note(source, language="nl") == expected


def test_every_line_has_a_direction_and_every_frame_that_of_its_first_letter() -> None:
    source = (
        "# {}\n\n- {}\n- a\n\n  b\n\n1. {}\n2. a\n\n> {}\n\n> a\n\n|{}|a|\n|-|-|\n|1|2|\n\n"
        "{}\n: a\n\n<details>\n<summary>{}</summary>\n<p lang=en>a</p>\n<p dir=ltr>b</p>\n</details>\n\n"
        "```\n{}\n```\n\n{}[^1]\n\n[^1]: {}"
    ).replace("{}", HEBREW)
    found = tree(post(source))
    assert {e.get("dir") for e in found.iter("h2", "p", "th", "td", "dt", "dd", "summary")} == {
        "auto",
        "ltr",
    }
    assert [e.get("dir") for e in found.iter("blockquote", "ol", "table", "dl")][:4] == [
        "rtl",
        "rtl",
        "ltr",
        "rtl",
    ]
    assert [e.get("dir") for e in found.iter("ul")] == ["rtl"]
    assert [e.get("dir") for e in found.iter("pre")] == ["ltr"]


def test_a_tight_list_has_its_direction_and_each_line_its_own() -> None:
    assert post(f"- {ARABIC}\n- {LATIN}") == (
        f'<ul dir="rtl">\n<li dir="auto">{ARABIC}</li>\n<li dir="auto">{LATIN}</li>\n</ul>\n'
    )
    assert 'ul dir="ltr"' in post(f"- {LATIN}\n- {ARABIC}")


def test_a_caption_and_an_excerpt_have_theirs() -> None:
    quay = Picture(key="q", src="/q.jpg", width=1, height=1, caption=ARABIC)
    rendered = render_post(f"![](image:q)\n\n{ARABIC}", language="ar", pictures={"q": quay})
    assert f'<figcaption dir="auto">{ARABIC}</figcaption>' in rendered.html
    assert rendered.excerpt_html == f'<p dir="auto">{ARABIC}</p>\n'


def test_a_text_that_is_given_up_has_directions_too() -> None:
    assert post("> " * 60 + ARABIC).startswith('<p dir="auto">')


def test_a_text_in_letters_that_run_one_way_is_as_it_was() -> None:
    assert "dir=" not in post("# A\n\n- b\n\n> c\n\n|d|\n|-|\n\né — 日本 हिन्दी", "nl")


@pytest.mark.parametrize(
    "code", ["ar", "he", "fa-IR", "ur", "yi", "AR_eg", "az-Arab", "ku-Arab-IQ", "dv", "ps"]
)
def test_languages_that_are_written_from_right_to_left(code: str) -> None:
    assert is_rtl(code)


@pytest.mark.parametrize("code", ["nl", "en", "ar-Latn", "az", "ku", "arn", "", "x"])
def test_languages_that_are_not(code: str) -> None:
    assert not is_rtl(code)
