"""Whatever is typed: a link leads somewhere, and to the host that browsers find in its address."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import idna
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from markup import render_note, render_post, render_reply
from tests.markup.reading import tree
from tests.markup.test_properties import EXAMPLES, LANGUAGES, SOURCES

PIECES = r"""
http:// https:// HTTPS:// www. https: http:/ // @ : :80 :99999 . .. - -- _ / ?
# \ % %2e %61 %00 [ ] [::1] ( ) < > " ' ;
a.nl example.org good.example evil.example xn--mnchen-3ya xn--a xn-- 127.0.0.1 127.1 2130706433 0x7f 1
08 localhost
é ß İ Ａ ① ℀ 。 ． ｡ — … ” 、 （ ） 👍 日本 हिन्दी א ا &amp; &#x2f; &#64; &shy; ](/x) [x]( </a>
""".split()
SIGNS = [
    '<a href="',
    '">',
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u202e",
    "\ufeff",
    "\t",
    "\n",
    " ",
    "\u0301",
    "\u2044",
]
ADDRESSES = st.lists(st.sampled_from(PIECES + SIGNS), max_size=12).map("".join)
HOSTS = st.builds("https://{}/".format, st.text(max_size=12))
# By the URL Standard: no sign that it forbids in a host, and none that it would write otherwise.
NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)
IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}")
FORBIDDEN = re.compile(r"[\x00-\x20\"#%/:<>?@\[\\\]^`{|}\x7f-\U0010ffff]")


def links_of(html: str) -> Iterator[HtmlElement]:
    return tree(html).iter("a")


def assert_host_is_what_browsers_find(address: str) -> None:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    if host.startswith("["):
        return
    host = host.partition(":")[0]
    assert host, address
    assert not FORBIDDEN.search(host), address
    assert "\\" not in parts.netloc, address
    if NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        assert IPV4.fullmatch(host), address
    assert (parts.port or 0) < 65_536


@EXAMPLES
@given(source=ADDRESSES | HOSTS | SOURCES, language=LANGUAGES)
@example(source="[Bron: https://www.example.nl]", language="nl")
@example(source="[x](//evil.example) <a>y</a> <a href='https://a:b:c/'>z</a>", language="nl")
@example(source="<table><td><a href='/x'><table><td><a>y</a>", language="nl")
def test_every_link_leads_somewhere(source: str, language: str) -> None:
    post = render_post(source, language=language)
    reply, note = render_reply(source, language=language), render_note(source, language=language)
    for html in (post.html, post.excerpt_html, reply, note):
        for link in links_of(html):
            assert link.get("href") is not None
            if re.match("https?:", link.get("href"), re.IGNORECASE):
                assert_host_is_what_browsers_find(link.get("href"))


@EXAMPLES
@given(source=ADDRESSES | HOSTS)
@example(source="https://example.org—it")
@example(source="https://ＥＸＡＭＰＬＥ.org/")
def test_a_bare_address_leads_to_the_host_that_it_names(source: str) -> None:
    for link in links_of(render_post(source, language="en").html):
        label, target = link.text_content(), link.get("href")
        if re.match("https?://", label) and "href=" not in source and "](" not in source:
            named = urlsplit(label).netloc.partition(":")[0]
            mapped = idna.uts46_remap(named, std3_rules=False, transitional=False)
            ascii_host = ".".join(
                part if part.isascii() else "xn--" + part.encode("punycode").decode()
                for part in mapped.split(".")
            )
            assert urlsplit(target).hostname == ascii_host
