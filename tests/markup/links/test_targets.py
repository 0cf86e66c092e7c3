"""A link leads to a host only if the host is written out; browsers would find others too."""

import pytest

from markup import render_post, render_reply
from tests.markup.reading import tree

MENDED_BY_BROWSERS = [
    "https:evil.example",
    "HTTPS:evil.example/x",
    "http:///evil.example/",
    "https:/evil.example",
    "//evil.example",
    "///evil.example",
    "&#9;//evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
]
READ_OTHERWISE_IN_HTML = [
    "\\\\evil.example",
    "/\\evil.example",
    "https://\\evil.example",
    "https://good.example\\@evil.example/",
    "/&#9;/evil.example",
    "/&#1;/evil.example",
    "&#10;//evil.example",
    "ht&#10;tps:evil.example",
    "ht\ttps:///evil.example",
]


def post(source: str) -> str:
    return render_post(source, language="en").html


def reply(source: str) -> str:
    return render_reply(source, language="en")


@pytest.mark.parametrize("target", MENDED_BY_BROWSERS)
def test_a_host_that_is_not_written_out_is_no_link_but_its_words_stay(target: str) -> None:
    for html in (reply(f"[words]({target})"), post(f"[words]({target})")):
        assert "href" not in html
        assert "words" in html
    assert "href" not in reply(f"<{target}> ![words]({target})")


@pytest.mark.parametrize("target", MENDED_BY_BROWSERS + READ_OTHERWISE_IN_HTML)
def test_nor_is_it_in_an_authors_html(target: str) -> None:
    found = tree(post(f'a <a href="{target}">words</a>'))
    assert [link.get("href") for link in found.iter("a")] == []
    assert "words" in found.text_content()


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org",
        "HTTP://example.org:8080/a?b=c#d",
        "https://me@example.org/",
        "https://[::1]/",
        "/about/",
        "../a//b",
        "?sort=new",
        "#replies",
        "mailto:a@example.org",
        "tel:+3112",
    ],
)
def test_other_links_stay_as_they_are(target: str) -> None:
    for html in (
        reply(f"[x]({target})"),
        post(f"[x]({target})"),
        post(f'<a href="{target}">x</a>'),
    ):
        assert [link.get("href") for link in tree(html).iter("a")] == [target]


def test_what_browsers_leave_out_of_an_address_is_left_out() -> None:
    html = post('a <a href=" ht\ttps://exam&#10;ple.org ">x</a>')
    assert html == '<p>a <a href="https://example.org" rel="noopener">x</a></p>\n'


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("http://spam%2Eexample/%2E", "http://spam.example/%2E"),
        ("https://me@ＥＸＡＭＰＬＥ.org:80/", "https://me@example.org:80/"),
        ("https://MÜNCHEN.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("https://exa&shy;mple.org/", "https://example.org/"),
        ("https://example。org", "https://example.org"),
        ("http://bücher_x.example/", "http://xn--bcher_x-n2a.example/"),
    ],
)
def test_a_host_becomes_the_one_that_browsers_find(written: str, found: str) -> None:
    html = post(f"[x]({written})") + reply(f"[x]({written})")
    assert [link.get("href") for link in tree(html).iter("a")] == [found, found]


@pytest.mark.parametrize(
    "target",
    [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1./",
        "http://a.example:70000/",
        "http://a^b.example/",
        "http://xn--a.example/",
        "http://[::1/",
        "http://a%00.example/",
        "http://a%2fb.example/",
    ],
)
def test_what_browsers_take_for_another_host_or_for_none_is_no_link(target: str) -> None:
    for html in (
        post(f"[x]({target})"),
        reply(f"[x]({target})"),
        post(f'<a href="{target}">x</a>'),
    ):
        assert "<a" not in html
        assert "x" in html
