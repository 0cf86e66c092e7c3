"""What a machine can tell is wrong with a page: in light and dark, on a desk and on the narrowest screen."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.layout import too_wide

DESK = ViewportSize(width=1280, height=900)
NARROWEST = ViewportSize(width=320, height=640)
# WCAG 2.2, levels A and AA.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
# Colours depend on the scheme and sizes on the screen; what a page says of itself, on neither.
Scheme = Literal["light", "dark"]
LOOKS: list[tuple[Scheme, ViewportSize, list[str]]] = [
    ("light", DESK, EVERYTHING),
    ("dark", DESK, COLOURS),
    ("dark", NARROWEST, EVERYTHING),
    ("light", NARROWEST, COLOURS),
]
FETCH_PICTURES = """() => Promise.all([...document.images].map((picture) => {
  picture.loading = "eager";
  return picture.complete || new Promise((done) => (picture.onload = picture.onerror = done));
}))"""
# Between two schemes a colour may be on its way from one to the other.
END_TRANSITIONS = "() => document.getAnimations().forEach((animation) => animation.cancel())"
# What a template writes for a name it was not given.
EMPTY_ADDRESSES = """() => [...document.querySelectorAll('[href=""], [src=""]')]
  .map((element) => element.outerHTML)"""
RUN_AXE = "(options) => axe.run(document, options).then(({ violations }) => violations)"


class Visitor:
    """Opens pages once each, and looks at them in every look. Says what is wrong, a line for each thing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(AXE_SCRIPT)

    def faults_of(self, pages: dict[str, str]) -> str:
        """Of pages by their names: what breaks a rule, and what does not fit the narrowest screen."""
        faults = []
        for name, address in pages.items():
            self.open(address)
            faults += [f"{name}, {fault}" for fault in self.look()]
        return "\n".join(faults)

    def too_wide_of(self, pages: dict[str, str]) -> str:
        self.page.set_viewport_size(NARROWEST)
        faults = []
        for name, address in pages.items():
            self.open(address)
            faults += [f"{name}: {element}" for element in too_wide(self.page)]
        return "\n".join(faults)

    def open(self, address: str) -> None:
        """And has every picture fetched, so that the watch sees whether each is there."""
        self.page.goto(address)
        expect(self.page.locator("h1").first).to_be_attached()
        self.page.evaluate(FETCH_PICTURES)

    def look(self) -> list[str]:
        """What is wrong with the page as it stands."""
        faults = [f"leads nowhere: {link}" for link in self.page.evaluate(EMPTY_ADDRESSES)]
        for scheme, viewport, rules in LOOKS:
            self.page.set_viewport_size(viewport)
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.evaluate(END_TRANSITIONS)
            found = self.broken(rules)
            faults += [f"{scheme}, {viewport['width']}: {fault}" for fault in found]
        return faults + [f"too wide: {element}" for element in too_wide(self.page)]

    def broken(self, rules: list[str]) -> list[str]:
        options: dict[str, Any] = {
            "resultTypes": ["violations"],
            "runOnly": rules,
            "rules": {"target-size": {"enabled": "wcag22aa" in rules}},
            "preload": False,
        }
        violations: list[dict[str, Any]] = self.page.evaluate(RUN_AXE, options)
        return [f"{rule['id']}: {node['html']}" for rule in violations for node in rule["nodes"]]
