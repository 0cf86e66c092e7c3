"""Draw the picture that other sites show beside a link to a page without one of its own.

Usage:  python tools/draw_share.py

Writes ``static/icons/share.png`` (1200 × 630 pixels, as OpenGraph's readers like it). Needs Pillow.
"""

from __future__ import annotations

from draw_icons import ICONS, PAPER, png
from PIL import Image

WIDTH, HEIGHT = 1200, 630
MARK = 380


def main() -> None:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    marks = png(MARK)
    picture.paste(marks, ((WIDTH - MARK) // 2, (HEIGHT - MARK) // 2), marks)
    picture.quantize(32).save(ICONS / "share.png", optimize=True)


if __name__ == "__main__":
    main()
