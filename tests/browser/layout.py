"""Whether a page fits the screen."""

from __future__ import annotations

from playwright.sync_api import Page

# Elements that scroll by themselves may hold wider ones.
OUTERMOST_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => element && element !== document.body
    && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5)
    .filter((element) => !scrolls(element.parentElement))
    .map((element) => element.outerHTML.slice(0, 100).replaceAll("\\n", " "));
}"""


def too_wide(page: Page) -> list[str]:
    """The elements to blame if the page scrolls sideways; none if it does not."""
    blamed: list[str] = page.evaluate(OUTERMOST_TOO_WIDE)
    return blamed
