"""Chromium finds in the links of a text the hosts that we find, whatever was typed."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

from playwright.sync_api import Page

from markup import render_post, render_reply
from tests.markup.links.table import CASES
from tests.markup.links.test_properties import PIECES, SIGNS
from tests.markup.links.test_targets import MENDED_BY_BROWSERS, READ_OTHERWISE_IN_HTML
from tests.markup.reading import tree

HOSTS_BY_BROWSER = """addresses => addresses.map(address => {
    try { return new URL(address).hostname } catch { return null }
})"""


def made_up(number: int) -> list[str]:
    """Addresses put together from what is awkward in them, each time the same ones."""
    choose = random.Random(11)
    pieces = PIECES + SIGNS
    return [
        "https://" + "".join(choose.choices(pieces, k=choose.randint(1, 6))) for _ in range(number)
    ]


def targets(html: str) -> list[str]:
    found = [link.get("href") for link in tree(html).iter("a")]
    return [target for target in found if target.lower().startswith("http")]


def written(source: str) -> list[str]:
    """The targets of what is typed as it stands, in brackets, and as an author's HTML."""
    html = source.replace('"', "&quot;")
    texts = (source, f"[x](<{source}>)", f'a <a href="{html}">x</a>')
    return [
        target
        for text in texts
        for rendered in (render_post(text, language="en").html, render_reply(text, language="en"))
        for target in targets(rendered)
    ]


def test_a_browser_finds_the_hosts_that_are_written(page: Page) -> None:
    sources = [source for source, _ in CASES] + MENDED_BY_BROWSERS + READ_OTHERWISE_IN_HTML
    found = sorted({target for source in sources + made_up(1500) for target in written(source)})
    hosts = page.evaluate(HOSTS_BY_BROWSER, found)
    assert len(found) > 300
    read_otherwise = [
        (target, urlsplit(target).netloc, host)
        for target, host in zip(found, hosts, strict=True)
        if host is not None and host.strip("[]") != (urlsplit(target).hostname or "")
    ]
    assert read_otherwise == []


def test_a_browser_reads_a_bare_address_as_its_link(page: Page) -> None:
    linked = [
        (link.text_content(), link.get("href"))
        for source in [source for source, _ in CASES] + made_up(1500)
        for link in tree(render_post(source, language="en").html).iter("a")
        if link.text_content().lower().startswith("http")
        and "](" not in source
        and "<a" not in source
    ]
    assert len(linked) > 300
    shown = page.evaluate(HOSTS_BY_BROWSER, [label for label, _ in linked])
    meant = page.evaluate(HOSTS_BY_BROWSER, [target for _, target in linked])
    differing = [pair for pair, a, b in zip(linked, shown, meant, strict=True) if a != b]
    assert differing == []
