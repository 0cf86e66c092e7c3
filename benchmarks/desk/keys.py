"""Times the clearing of part of the queue in Chromium by keys only. See `benchmarks.desk`."""

from __future__ import annotations

import shutil
from time import perf_counter

from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.site import Site

QUEUE = "/admin/comments/comment/"
NUMBER = ".queue-lists [aria-current] .queue-number"
SESSION = (
    "from django.test import Client; from accounts.models import User; client = Client();"
    " client.force_login(User.objects.get(username='chief'));"
    " print(client.cookies['sessionid'].value)"
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def clear_by_keys(site: Site, number: int) -> str:
    """Press each key once there is a reply, until the server has answered all; return a report."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        return "Chromium is not installed: nothing was cleared by keys."
    with site.served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(base_url=site.address)
        session = {"name": "sessionid", "value": site.call(SESSION).strip(), "url": site.address}
        page.context.add_cookies([session])  # type: ignore[list-item]
        start = perf_counter()
        page.goto(QUEUE)
        page.get_by_role("button", name="Keys").wait_for()
        opened = perf_counter()
        before = _left(page)
        waits = _press(page, number)
        taken = perf_counter() - opened
        page.reload()
        cleared = before - _left(page)
        browser.close()
    return (
        f"{cleared} of {before} cleared in {taken:.1f} s by {1 + len(waits)} key presses"
        f" ({opened - start:.1f} s to open the queue; longest wait for the next reply"
        f" {1000 * max(waits):.0f} ms)"
    )


def _press(page: Page, number: int) -> list[float]:
    """Return the seconds that each key waited for a reply."""
    answers: list[Response] = []

    def hear(said: Response) -> None:
        if said.request.method == "POST":
            answers.append(said)

    page.on("response", hear)
    page.keyboard.press("j")
    waits = []
    for _ in range(number):
        start = perf_counter()
        page.locator("[data-card]:focus").wait_for()
        waits.append(perf_counter() - start)
        page.keyboard.press("a")
    while len(answers) < number:
        page.wait_for_event("response")
    return waits


def _left(page: Page) -> int:
    return int(page.locator(NUMBER).inner_text())
