"""Cut the shipped web fonts from the full Source Serif 4 release.

Usage:  python tools/subset_fonts.py PATH_TO_RELEASE

PATH_TO_RELEASE is an unpacked Source Serif 4 release (the npm package ``source-serif`` is one),
the folder that holds ``VAR/``. Needs fonttools and brotli (docs/dependencies.md). Writes
``static/fonts/*.woff2``, and prints the ``unicode-range`` of each for ``static/css/fonts.css``; the
licence beside them is the release's own.

The Open Font License reserves the name "Source" for unmodified fonts, so the cut fonts are
called "Parley Serif" inside and in the style sheet.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import build
from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"

# What Dutch, German and English are written with, and the French words in them.
LETTERS = (
    "0020-007E 00C4 00C9 00CB 00D6 00DC 00DF-00E2 00E4 00E7-00EB 00ED-00EF 00F1 00F3-00F4 00F6"
    " 00FA-00FC"
)
POINTS = (
    "00A0 00A7 00A9 00AB 00AD 00B0 00B7 00BB 2009 2010-2014 2018-201A 201C-201E 2022 2026 202F"
    " 2039-203A"
)
SIGNS = "00BD 00D7 20AC 2190-2193 2212 FE0E"
LATIN = "00A0-00FF 0131 0152-0153 02C6 02DA 02DC"
PUNCTUATION = "2002-200B 2010-2015 2018-201F 2020-2022 2026 202F 2030 2032-2033 2039-203A 2044"
SYMBOLS = "2074-2079 2116 2122 2215 2248 2260 2264-2265 FFFD"
EXTENDED = "0100-0130 0132-0151 0154-017F 0192 01CD-01DC 0218-021B 1E80-1E85 1E9E 1EF2-1EF3"

UPRIGHT = ("kern", "liga", "locl", "lnum", "onum", "pnum", "tnum", "smcp")
SLANTED = ("kern", "liga", "locl", "onum", "pnum")

# In points. The heavier a weight of the roman, the finer it is drawn, as headings want it (600).
TEXT_SIZE, HEADING_SIZE = 20, 44
REGULAR, BOLD, BOLD_ITALIC = 400, 700, 650


@dataclass(frozen=True)
class Cut:
    """One font file to ship: its characters without those of other files, and its weights."""

    source: str
    characters: str
    without: str
    features: tuple[str, ...]
    weights: tuple[int, ...]


# The weights of the roman are one file, as each page shows several; italics are a file each, as few do.
BASIC, MORE = f"{LETTERS} {POINTS} {SIGNS}", f"{LATIN} {PUNCTUATION} {SYMBOLS}"
BOTH = (REGULAR, BOLD)
CUTS = {
    "roman": Cut("Roman", BASIC, "", UPRIGHT, BOTH),
    "roman-more": Cut("Roman", MORE, BASIC, UPRIGHT, BOTH),
    "roman-ext": Cut("Roman", EXTENDED, "", UPRIGHT, BOTH),
    "italic": Cut("Italic", f"{LETTERS} {POINTS}", "", SLANTED, (REGULAR,)),
    "italic-ext": Cut("Italic", f"{MORE} {EXTENDED}", f"{LETTERS} {POINTS}", SLANTED, (REGULAR,)),
    "italic-bold": Cut("Italic", f"{BASIC} {MORE} {EXTENDED}", "", SLANTED, (BOLD_ITALIC,)),
}


def code_points(ranges: str) -> set[int]:
    """Return the code points of ranges written as ``0041-005A 00E9``."""
    points: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def rename(font: TTFont, family: str, style: str) -> None:
    """Rename the font; only copyright and licence keep the reserved name, as the licence asks."""
    for record in list(font["name"].names):
        if record.nameID not in (0, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    postscript = f"{family}-{style}".replace(" ", "")
    for name_id, text in {1: family, 2: style, 4: f"{family} {style}", 6: postscript}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def drawn(cut: Cut, release: Path, weight: int) -> TTFont:
    """Return the font at one weight, with the characters of the cut."""
    font = TTFont(release / "VAR" / f"SourceSerif4Variable-{cut.source}.ttf")
    subsetter = Subsetter(Options(layout_features=list(cut.features), hinting=False))
    subsetter.populate(unicodes=characters(cut))
    subsetter.subset(font)
    size = HEADING_SIZE if weight == BOLD else TEXT_SIZE
    place = {"wght": weight, "opsz": size}
    return instantiateVariableFont(font, place, overlap=OverlapMode.KEEP_AND_SET_FLAGS)


def characters(cut: Cut) -> set[int]:
    return code_points(cut.characters) - code_points(cut.without)


def between(fonts: dict[int, TTFont]) -> TTFont:
    """Return a font with all weights between two, of the same outlines at each."""
    lightest, heaviest = sorted(fonts)
    axis = AxisDescriptor(
        tag="wght", name="Weight", minimum=lightest, default=lightest, maximum=heaviest
    )
    design = DesignSpaceDocument()
    design.addAxis(axis)
    for weight, font in sorted(fonts.items()):
        design.addSource(SourceDescriptor(font=font, location={"Weight": weight}))
    font, _, _ = build(design)
    return font


def make(release: Path, name: str, cut: Cut) -> Path:
    """Write one web font and return its path."""
    fonts = {weight: drawn(cut, release, weight) for weight in cut.weights}
    font = between(fonts) if len(fonts) > 1 else fonts[cut.weights[0]]
    rename(font, "Parley Serif", "Italic" if cut.source == "Italic" else "Regular")
    font.flavor = "woff2"
    target = FONTS / f"parley-{name}.woff2"
    font.save(target)
    return target


def unicode_range(path: Path) -> str:
    """Return what a font has, as CSS says it: `U+20-7E, U+A0`."""
    ranges: list[list[int]] = []
    for point in sorted(TTFont(path).getBestCmap()):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in ranges)


def main(release: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    (FONTS / "LICENSE.md").write_bytes((release / "LICENSE.md").read_bytes())
    for name, cut in CUTS.items():
        path = make(release, name, cut)
        print(f"{path.name}  {path.stat().st_size / 1024:.0f} kB  {unicode_range(path)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
