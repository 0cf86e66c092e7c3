"""The picture of the newest post on the home page, which its box crops."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize

from images.models import Image
from tests.browser.conftest import OpenBrowser
from tests.conftest import MakePost

# How wide the whole picture is drawn, on the screen, and how many pixels wide the file is.
WIDTHS = """
async (img) => {
  const file = new Image();
  file.src = img.currentSrc;
  await file.decode();
  const drawn = Math.max(img.clientWidth, (img.clientHeight * file.naturalWidth) / file.naturalHeight);
  return [drawn * devicePixelRatio, file.naturalWidth];
}
"""


@pytest.mark.parametrize(
    ("size", "width", "density", "file"),
    [
        ((2400, 600), 360, 2, 1600),
        ((2400, 600), 1200, 1, 2400),
        ((2400, 1150), 360, 2, 960),  # wider than the box of a phone alone
        ((2400, 1150), 1200, 1, 960),
        ((2400, 1600), 360, 2, 720),
        ((1200, 2400), 360, 2, 720),
    ],
)
def test_a_lead_picture_is_as_sharp_as_it_is_wide_and_no_larger(
    size: tuple[int, int],
    width: int,
    density: int,
    file: int,
    new_context: OpenBrowser,
    transactional_db: None,
    make_post: MakePost,
    make_image: Callable[..., Image],
) -> None:
    lead = make_image(alt="A morning", width=size[0], height=size[1])
    make_post("Herons in town", lead_image=lead)
    screen = ViewportSize(width=width, height=800)
    page = new_context(viewport=screen, device_scale_factor=density).new_page()
    page.goto("/")
    needed, got = page.locator(".lead-picture img").evaluate(WIDTHS)
    assert got >= needed
    assert got == file
