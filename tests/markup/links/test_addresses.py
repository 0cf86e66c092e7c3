"""Bare addresses become links."""

import pytest

from markup import render_post, render_reply
from tests.markup.links.table import CASES
from tests.markup.reading import tree


def link(target: str, label: str) -> str:
    return f'<a href="{target}" rel="noopener">{label}</a>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("zie www.example.nl.", f"zie {link('http://www.example.nl', 'www.example.nl')}."),
        ("https://a.nl/x?b=1,", f"{link('https://a.nl/x?b=1', 'https://a.nl/x?b=1')},"),
        ("(http://a.nl/b_(c))", f"({link('http://a.nl/b_(c)', 'http://a.nl/b_(c)')})"),
        ("(zie http://a.nl/b).", f"(zie {link('http://a.nl/b', 'http://a.nl/b')})."),
        ("**www.a.nl**", f"<strong>{link('http://www.a.nl', 'www.a.nl')}</strong>"),
        ("mail jan@a.nl!", f"mail {link('mailto:jan@a.nl', 'jan@a.nl')}!"),
        ("http://a.nl/x--y'z", link("http://a.nl/x--y'z", "http://a.nl/x--y'z")),
        (
            "a & b \\* www.a.nl &amp; c",
            f"a &amp; b * {link('http://www.a.nl', 'www.a.nl')} &amp; c",
        ),
        ("“www.a.nl”", f"“{link('http://www.a.nl', 'www.a.nl')}”"),
    ],
)
def test_an_address_is_linked_without_the_punctuation_around_it(source: str, expected: str) -> None:
    assert render_post(source, language="nl").html == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    "source", ["readme.md", "a www. b", "http://", "x@y", "`www.a.nl`", "ahttp://a.nl"]
)
def test_what_is_no_address_stays_text(source: str) -> None:
    assert "<a" not in render_post(source, language="nl").html


def test_an_address_inside_a_link_is_not_linked_again() -> None:
    html = render_post('[www.a.nl](/x) <a href="/y">www.b.nl</a>', language="nl").html
    assert html.count("<a ") == 2


def test_a_reply_links_addresses_of_pages_but_not_of_people() -> None:
    html = render_reply("www.a.nl jan@a.nl", language="nl")
    assert html.count("<a ") == 1
    assert '<a href="http://www.a.nl" rel="nofollow ugc noopener">' in html


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_an_address_ends_where_a_reader_ends_it(
    source: str, expected: list[str | tuple[str, str]]
) -> None:
    links = tree(render_post(source, language="nl").html).iter("a")
    found = [(link.text_content(), link.get("href")) for link in links]
    assert found == [(one, one) if isinstance(one, str) else one for one in expected]


def test_a_character_reference_beside_an_address_is_not_set_as_a_mark() -> None:
    html = render_post("&quot;www.a.nl&quot;", language="nl").html
    assert html == f'<p>"{link("http://www.a.nl", "www.a.nl")}"</p>\n'
