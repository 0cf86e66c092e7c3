"""The colours of the site and the desk, and how well they can be told apart, as WCAG 2.2 measures it."""

import re
from pathlib import Path

CSS = Path(__file__).parents[1] / "static" / "css"
BOTH = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


def palettes() -> dict[str, dict[str, str]]:
    """{"day": {"paper": "#…", …}, "night": {…}}"""
    found = BOTH.findall((CSS / "tokens.css").read_text())
    return {
        "day": {name: day for name, day, _night in found},
        "night": {name: night for name, _day, night in found},
    }


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
