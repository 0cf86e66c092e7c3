"""Blocks of code."""

import pytest

from markup import render_post, render_reply
from markup.extensions.code import MAX_HIGHLIGHTED
from tests.markup.reading import tree


def block(source: str) -> str:
    return render_post(source, language="en").html


def test_code_that_names_its_language_is_highlighted() -> None:
    html = block('```python title="x"\ndef f(): pass\n```')
    assert html.startswith('<pre class="code" tabindex="0"><code class="language-python">')
    assert '<span class="k">def</span>' in html
    assert tree(html).text_content() == "def f(): pass\n\n"


@pytest.mark.parametrize(
    "source",
    [
        "```\na < b\n```",
        "```nosuchlanguage\na < b\n```",
        "    a < b\n",
        "```{}\na < b\n```",
        f"```python\na < b\n{'#' * MAX_HIGHLIGHTED}\n```",
    ],
)
def test_other_code_is_shown_as_it_is(source: str) -> None:
    html = block(source)
    assert "a &lt; b" in html
    assert "<span" not in html


def test_code_keeps_its_blank_lines_and_straight_quotes() -> None:
    html = block("```python\n\n\"x\"\n\n'y'\n```")
    assert tree(html).find("pre").text_content() == "\n\"x\"\n\n'y'\n"


def test_the_name_of_a_language_cannot_break_out_of_its_class() -> None:
    html = block('```x"onclick="alert(1)\ncode\n```')
    assert html == '<pre class="code" tabindex="0"><code class="language-x">code\n</code></pre>\n'


def test_code_in_a_reply_is_framed_and_plain() -> None:
    html = render_reply("```python\ndef f(): pass\n```", language="en")
    assert html == '<pre class="code" tabindex="0"><code>def f(): pass\n</code></pre>\n'
