"""Draw the site's icons: two quotation marks that face each other.

Usage:  python tools/draw_icons.py

Writes ``static/icons/``. Needs Pillow. One geometry, in a square of 64 units, gives the SVG and
every PNG, so that they always agree.
"""

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parent.parent / "static" / "icons"
PAPER, INK_RED = "#faf6ec", "#8f1d2c"
UNITS = 64
OVERSAMPLING = 8

Point = tuple[float, float]


def curve(start: Point, bend: Point, end: Point, steps: int = 24) -> list[Point]:
    """Return points along a quadratic Bézier curve, without its first."""

    def at(t: float, axis: int) -> float:
        return (1 - t) ** 2 * start[axis] + 2 * (1 - t) * t * bend[axis] + t**2 * end[axis]

    return [(at(step / steps, 0), at(step / steps, 1)) for step in range(1, steps + 1)]


def mark(x: float, y: float, *, turned: bool) -> list[tuple[Point, Point, Point]]:
    """Return a comma with its head centred at (x, y), as quadratic curves; `turned` half a circle."""
    turn = -1 if turned else 1
    r = 8.5
    # Eight curves approximate the head; the tail starts at its right and ends in a point.
    k = 0.4142 * r
    d = 0.7071 * r
    outline = [
        ((r, 0), (r, -k), (d, -d)),
        ((d, -d), (k, -r), (0, -r)),
        ((0, -r), (-k, -r), (-d, -d)),
        ((-d, -d), (-r, -k), (-r, 0)),
        ((-r, 0), (-r, k), (-d, d)),
        ((-d, d), (-k, r), (0, r)),
        ((0, r), (2.2, r), (2.6, r - 0.9)),
        ((2.6, r - 0.9), (2, 15), (-5.6, 18)),
        ((-5.6, 18), (-5, 19.4), (-4.4, 20.4)),
        ((-4.4, 20.4), (r, 14), (r, 0)),
    ]

    def placed(point: Point) -> Point:
        return x + turn * point[0], y + turn * point[1]

    return [(placed(start), placed(bend), placed(end)) for start, bend, end in outline]


MARKS = [mark(21, 16, turned=False), mark(43, 48, turned=True)]


def svg() -> str:
    """Return the icon as SVG: red on transparent, and lighter in dark mode."""
    paths = " ".join(
        "M{:.4g} {:.4g}".format(*outline[0][0])
        + "".join("Q{:.4g} {:.4g} {:.4g} {:.4g}".format(*bend, *end) for _, bend, end in outline)
        + "Z"
        for outline in MARKS
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNITS} {UNITS}">\n'
        f"<style>path{{fill:{INK_RED}}}@media(prefers-color-scheme:dark){{path{{fill:#f2a199}}}}</style>\n"
        f'<path d="{paths}"/>\n</svg>\n'
    )


def png(size: int, *, margin: float = 0, paper: bool = False) -> Image.Image:
    """Return the icon as a picture of size × size pixels; `margin` is a share of the side."""
    side = size * OVERSAMPLING
    picture = Image.new("RGBA", (side, side), PAPER if paper else (0, 0, 0, 0))
    scale, offset = side * (1 - 2 * margin) / UNITS, side * margin
    for outline in MARKS:
        points = [p for part in outline for p in curve(*part)]
        ImageDraw.Draw(picture).polygon(
            [(offset + x * scale, offset + y * scale) for x, y in points], fill=INK_RED
        )
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "favicon.svg").write_text(svg())
    sizes = [16, 32, 48]
    largest = png(sizes[-1])
    largest.save(
        ICONS / "favicon.ico",
        sizes=[(s, s) for s in sizes],
        append_images=[png(s) for s in sizes[:-1]],
    )
    png(180, margin=0.14, paper=True).convert("RGB").save(
        ICONS / "apple-touch-icon.png", optimize=True
    )
    for size in (192, 512):
        png(size).save(ICONS / f"icon-{size}.png", optimize=True)
    # Android cuts a maskable icon to a circle of four fifths: the marks stay inside it.
    png(512, margin=0.2, paper=True).convert("RGB").save(
        ICONS / "icon-maskable-512.png", optimize=True
    )


if __name__ == "__main__":
    main()
