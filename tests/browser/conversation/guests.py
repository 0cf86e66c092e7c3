"""What guests do in more than one test."""

from __future__ import annotations

from playwright.sync_api import Page


def send_as_mina(page: Page) -> None:
    """Say who writes the reply in the form that stands open, and send it."""
    page.get_by_label("Name", exact=True).fill("Mina")
    page.get_by_label("E-mail address").fill("mina@example.org")
    page.get_by_role("button", name="Send reply").click()
