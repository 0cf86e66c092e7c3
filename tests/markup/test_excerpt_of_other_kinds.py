"""Where the beginning of a post ends that has no paragraph, or no spaces."""

import pytest

from markup import render_post
from tests.markup.reading import tree

JAPANESE = "港は静かだったと彼は言った。みんなが船を見ていた。"
THAI = "ท่าเรือเงียบสงบและทุกคนมองดูเรือที่กำลังออกเดินทาง"


def words(html: str) -> str:
    return " ".join(tree(html).text_content().split())


@pytest.mark.parametrize(
    ("source", "expected", "has_more"),
    [
        ("| a | b |\n|---|---|\n| c | d |", "a b c d", True),
        ("    a = 1\n    b < 2", "a = 1 b < 2", True),
        ("```python\na = 1\n```", "a = 1", True),
        ("# A\n\n## B", "A B", False),
        ("# A", "A", False),
        ("# A\n\n```\nb\n```", "A b", True),
        ("# A\n\n<p>b</p>", "A b", True),
        ("    " + "a " * 200, "a " * 59 + "a…", True),
    ],
)
def test_a_text_without_a_paragraph_begins_with_its_first_words(
    source: str, expected: str, has_more: bool
) -> None:
    post = render_post(source, language="en")
    assert (words(post.excerpt_html), post.has_more) == (expected, has_more)


@pytest.mark.parametrize("language", ["ja", "zh", "en"])
def test_a_text_without_spaces_ends_at_a_sentence_of_its_own(language: str) -> None:
    post = render_post(JAPANESE * 60, language=language)
    excerpt = words(post.excerpt_html)
    assert 80 <= len(excerpt) <= 180
    assert excerpt.endswith("。")
    assert (JAPANESE * 60).startswith(excerpt)
    assert post.has_more
    assert 3 <= post.reading_minutes <= 5


@pytest.mark.parametrize("text", [THAI * 30, "ທ່າເຮືອງຽບ" * 60, "កំពង់ផែស្ងាត់" * 60, "港" * 900])
def test_without_sentences_it_ends_between_letters_that_belong_apart(text: str) -> None:
    post = render_post(text, language="en")
    excerpt = words(post.excerpt_html).removesuffix("…")
    assert 90 <= len(excerpt) <= 240
    assert text.startswith(excerpt)
    assert not text[len(excerpt)].isspace()
    assert text[len(excerpt)].isalpha()
    assert post.has_more
    assert post.reading_minutes > 1


def test_a_short_text_without_spaces_is_its_own_excerpt() -> None:
    post = render_post(JAPANESE, language="ja")
    assert (words(post.excerpt_html), post.has_more) == (JAPANESE, False)


def test_a_list_without_spaces_is_shortened() -> None:
    post = render_post(f"- {JAPANESE}\n" * 60, language="ja")
    assert len(words(post.excerpt_html)) <= 240
    assert post.has_more
