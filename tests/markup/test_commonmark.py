"""The 652 examples of CommonMark 0.31.2, against the parser that posts are built upon."""

import pytest

from markup import render_post, render_reply
from markup.engine import commonmark
from markup.sanitise import POST_TAGS, REPLY_TAGS
from tests.markup.reading import tags
from tests.markup.spec import NUMBER_OF_EXAMPLES, examples

NUMBERS = range(1, NUMBER_OF_EXAMPLES + 1)

# Where our HTML differs from the specification's, and why that is the same document:
DEVIATIONS = {
    218: "an empty blockquote is written without a line break between its tags",
    239: "the same",
    240: "the same",
}


def test_the_specification_is_whole() -> None:
    assert list(examples()) == list(NUMBERS)


@pytest.mark.parametrize("number", [n for n in NUMBERS if n not in DEVIATIONS])
def test_an_example_becomes_what_the_specification_says(number: int) -> None:
    example = examples()[number]
    assert commonmark().render(example["markdown"]) == example["html"]


@pytest.mark.parametrize("number", DEVIATIONS)
def test_a_deviation_is_that_line_break_and_nothing_else(number: int) -> None:
    example = examples()[number]
    expected = example["html"]
    rendered = commonmark().render(example["markdown"])
    assert rendered != expected
    assert rendered == expected.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>")


@pytest.mark.parametrize("number", NUMBERS)
def test_an_example_in_a_post_or_reply_keeps_to_the_allow_list(number: int) -> None:
    markdown = examples()[number]["markdown"]
    assert tags(render_post(markdown, language="en").html) <= POST_TAGS - {"img"}
    assert tags(render_reply(markdown, language="en")) <= REPLY_TAGS
