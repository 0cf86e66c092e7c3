"""How wide the picture of the newest post is drawn on the home page."""

from __future__ import annotations

from images.models import Image

# Of the box that crops it, in static/css/site/lists.css: width by height, and below 994 pixels.
BOX, NARROW_BOX = 21 / 9, 16 / 9


def lead_sizes(image: Image) -> str:
    """Return the `sizes` of the picture. One that is wider than its box is cropped at the sides."""
    aspect = image.width / image.height
    width, narrow = 950 * max(1, aspect / BOX), "100vw - 42px"
    if aspect > NARROW_BOX:
        narrow = f"{aspect / NARROW_BOX:.3f} * ({narrow})"
    return f"(min-width: 994px) {width:.0f}px, calc({narrow})"
