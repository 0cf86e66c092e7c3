"""The watch sees what it is there to see: otherwise no other test here would mean anything."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import OpenBrowser
from tests.browser.watch import Watch


def test_the_watch_notices_errors_and_broken_policies(page: Page, watch: Watch) -> None:
    page.goto("/about/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('slipped') })")
    for break_something in (
        "console.error('oops')",
        "document.body.setAttribute('style', 'color: red')",
        "new Image().src = 'https://example.org/'",
    ):
        with page.expect_console_message():
            page.evaluate(break_something)
    with page.expect_response("**/nothing.png"):
        page.evaluate("new Image().src = '/nothing.png'")
    page.context.close()
    assert noticed(watch) >= {"script: slipped", "console: oops"}
    assert noticed(watch) >= {
        "console: style-src-attr forbids inline",
        "console: img-src forbids https://example.org/",
    }
    assert any(fault.startswith("404: ") for fault in noticed(watch))
    watch.faults.clear()


def test_the_watch_notices_foreign_requests_and_failing_pages(
    new_context: OpenBrowser, watch: Watch
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto("/about/")
    page.route("https://example.org/", lambda route: route.abort())
    page.route("**/broken/", lambda route: route.fulfill(status=500, body="Sorry."))
    with page.expect_console_message():
        page.evaluate("new Image().src = 'https://example.org/'")
    page.goto("/broken/")
    page.context.close()
    assert "foreign: https://example.org/" in noticed(watch)
    assert any(fault.startswith("500: ") for fault in noticed(watch))
    watch.faults.clear()


def test_the_watch_lets_a_missing_page_pass(page: Page, watch: Watch) -> None:
    answer = page.goto("/nothing/")
    assert answer
    assert answer.status == 404
    page.context.close()
    assert not watch.faults


def noticed(watch: Watch) -> set[str]:
    return {fault.strip() for fault in watch.faults}
