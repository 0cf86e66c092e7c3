"""Whatever is typed: rendering never fails, and what comes out is safe and settled."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from markup import Picture, picture_keys, render_post, render_reply
from markup.sanitise import EXCERPT, POST_TAGS, REPLY, REPLY_TAGS, post_cleaner
from tests.markup.reading import scheme, tree

QUAY = Picture(key="k", src="/k.jpg", width=2, height=1, srcset="/k-1.webp 1w", full_src="/f")
IMAGES = {QUAY.src, QUAY.srcset}
FORBIDDEN_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}

PIECES = """
* ** _ ` ``` ~~ [ ] ]( ](/x) ![ ](image:k) ](https://e.org/x.png) [^a] [^a]: [a]: < > &lt; &#1; &#x0; &amp;
- + 1. # ## > | |-|-| |a|b| : \\ --- === ... " ' www.a.nl http://b.nl/ x@y.nl [x] javascript: &#10;
<b> </b> <i> <p> </p> <div> </div> <a> </a> <table> <td> </table> <ul> <li> <h2> <details> <summary> <br>
<script> </script> <style> </style> <svg> <math> <mtext> <mglyph> <textarea> <title> <noscript>
<template> <select> <option> <form> <button> <input> <iframe> <plaintext> <!-- --> <!--more--> <![CDATA[ ?>
<img/src=x/onerror=alert(1)> <a/href=javascript:alert(1)> onclick=alert(1) class="entry" id="h-a"
""".split()
SPACES = ["\n", "\n\n", " ", "    ", "\t", "\x00", "\x0c", "\u2028", "\ud800", "é", "word", "Zin. "]
TAGS = ['<a href="java&#1;script:x">', '<img src="https://e.org/x" onerror=x>', "<b onclick='x'>"]
SOURCES = st.text() | st.lists(st.sampled_from(PIECES + SPACES + TAGS), max_size=40).map("".join)
# Time is no property of a text here: a busy machine proves nothing.
EXAMPLES = settings(deadline=None, max_examples=150, database=None)
LANGUAGES = st.sampled_from(["nl", "de", "en", "", "xx-YY"])


def assert_safe(html: str, tags: frozenset[str]) -> None:
    assert not FORBIDDEN_IN_XML.search(html)
    assert "<script" not in html
    for element in tree(html).iterdescendants():
        assert element.tag in tags
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert element.get("src") in (None, QUAY.src)
        assert element.get("srcset") in (None, QUAY.srcset)
        assert scheme(element.get("href", "")) in SAFE_SCHEMES
        assert (element.get("id") or "h-").startswith(("h-", "fn-"))


@EXAMPLES
@given(source=SOURCES, language=LANGUAGES)
def test_a_post_is_safe_and_settled(source: str, language: str) -> None:
    post = render_post(source, language=language, pictures={"k": QUAY})
    assert_safe(post.html, POST_TAGS)
    assert_safe(post.excerpt_html, EXCERPT.tags)
    assert post_cleaner(IMAGES).clean(post.html) == post.html
    assert EXCERPT.clean(post.excerpt_html) == post.excerpt_html
    assert not FORBIDDEN_IN_XML.search(post.text)


@EXAMPLES
@given(source=SOURCES, language=LANGUAGES)
def test_a_reply_is_safe_and_settled(source: str, language: str) -> None:
    html = render_reply(source, language=language)
    assert_safe(html, REPLY_TAGS)
    assert REPLY.clean(html) == html


@EXAMPLES
@given(source=SOURCES)
def test_every_figure_shows_a_picture_that_the_source_names(source: str) -> None:
    post = render_post(source, language="en", pictures={"k": QUAY})
    if "<img" in post.html:
        assert "k" in picture_keys(source)


@EXAMPLES
@given(source=SOURCES)
def test_rendering_twice_gives_the_same_bytes(source: str) -> None:
    assert render_post(source, language="nl") == render_post(source, language="nl")
