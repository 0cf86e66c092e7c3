"""The subset of Markdown in replies."""

import pytest

from markup import render_note, render_reply
from tests.markup.reading import tags


def reply(source: str) -> str:
    return render_reply(source, language="nl")


def test_a_reply_may_stress_quote_list_and_show_code() -> None:
    source = "*a* **b** `c`\n\n> d\n\n- e\n\n1. f\n\n```\ng\n```"
    expected = {"p", "em", "strong", "code", "blockquote", "ul", "ol", "li", "pre"}
    assert tags(reply(source)) == expected


def test_line_breaks_are_kept() -> None:
    assert reply("een\ntwee") == "<p>een<br>\ntwee</p>\n"


def test_links_are_not_to_be_followed_by_search_engines() -> None:
    rel = 'rel="nofollow ugc noopener"'
    assert reply("[a](https://a.nl)") == f'<p><a href="https://a.nl" {rel}>a</a></p>\n'
    assert reply("<https://a.nl>").count(rel) == 1


@pytest.mark.parametrize(
    "source",
    ["# kop", "kop\n===", "---", "<b>x</b>", "<div>\n\nx\n\n</div>", "[a]: /b", "| a |\n|---|"],
)
def test_what_is_not_in_the_subset_stays_text(source: str) -> None:
    assert tags(reply(source)) <= {"p", "br"}
    for word in source.split():
        escaped = word.replace("<", "&lt;").replace(">", "&gt;").replace("---", "—")
        assert escaped in reply(source) or "—" in reply(source)


def test_a_picture_becomes_a_link_or_its_words() -> None:
    assert tags(reply("![a](https://a.nl/x.png)")) == {"p", "a"}
    assert reply("![a](image:key)") == "<p>a</p>\n"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_leads_only_where_a_link_may(address: str) -> None:
    assert "href" not in reply(f"[x]({address}) <{address}>")


def test_a_note_of_the_house_is_a_reply_whose_links_count() -> None:
    html = render_note("# *a* [b](https://a.nl) <b>c</b>", language="nl")
    link = '<a href="https://a.nl" rel="noopener">b</a>'
    assert html == f"<p># <em>a</em> {link} &lt;b&gt;c&lt;/b&gt;</p>\n"
