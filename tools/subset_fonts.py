"""Cut the shipped web fonts from the full Source Serif 4 release.

Usage:  python tools/subset_fonts.py PATH_TO_RELEASE

PATH_TO_RELEASE is an unpacked Source Serif 4 release (the npm package ``source-serif`` is one),
the folder that holds ``VAR/``. Needs fonttools and brotli. Writes ``static/fonts/*.woff2``; the
licence beside them is the release's own.

The Open Font License reserves the name "Source" for unmodified fonts, so the cut fonts are
called "Parley Serif" inside and in the style sheet.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import AxisTriple, instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"

LATIN = "0020-007E 00A0-00FF 0131 0152-0153 02C6 02DA 02DC"
PUNCTUATION = "2002-200B 2010-2015 2018-201F 2020-2022 2026 202F 2030 2032-2033 2039-203A 2044"
SYMBOLS = "2074-2079 20AC 2116 2122 2190-2193 21A9 2212 2215 2248 2260 2264-2265 FE0E FFFD"
EXTENDED = "0100-0130 0132-0151 0154-017F 0192 01CD-01DC 0218-021B 1E80-1E85 1E9E 1EF2-1EF3"
LOWERCASE = "0061-007A 00E0-00F6 00F8-00FF"

TEXT = ("ccmp", "kern", "liga", "locl", "lnum", "onum", "pnum", "tnum")
SHAPE = ("ccmp", "kern", "locl", "onum", "pnum")

BODY_SIZE = 20
EVERY_SIZE = AxisTriple(BODY_SIZE, BODY_SIZE, 60)
EVERY_WEIGHT = AxisTriple(400, 400, 700)


@dataclass(frozen=True)
class Cut:
    """One font file to ship, and what it contains of the release."""

    source: str
    characters: str
    features: tuple[str, ...]
    sizes: AxisTriple | int
    small_capitals: bool = False


# The roman keeps its optical sizes: headings are drawn finer than text. The italic is used in text
# only. Small capitals have their own file, a fifth of what they would add.
CUTS = {
    "roman": Cut("Roman", f"{LATIN} {PUNCTUATION} {SYMBOLS}", TEXT, EVERY_SIZE),
    "roman-ext": Cut("Roman", EXTENDED, SHAPE, EVERY_SIZE),
    "italic": Cut("Italic", f"{LATIN} {PUNCTUATION}", TEXT, BODY_SIZE),
    "italic-ext": Cut("Italic", EXTENDED, SHAPE, BODY_SIZE),
    "capitals": Cut("Roman", LOWERCASE, ("kern",), BODY_SIZE, small_capitals=True),
}


def code_points(ranges: str) -> set[int]:
    """Return the code points of ranges written as ``0041-005A 00E9``."""
    points: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def small_capitals(font: TTFont) -> dict[str, str]:
    """Return the small-capital glyph name of each lower-case one, as the font's feature gives it."""
    table = font["GSUB"].table
    lookups = {
        i
        for f in table.FeatureList.FeatureRecord
        if f.FeatureTag == "smcp"
        for i in f.Feature.LookupListIndex
    }
    subtables = [
        getattr(s, "ExtSubTable", s) for i in lookups for s in table.LookupList.Lookup[i].SubTable
    ]
    return {low: capital for s in subtables for low, capital in getattr(s, "mapping", {}).items()}


def draw_lowercase_as_capitals(font: TTFont) -> None:
    """Map lower-case characters to small capitals, so that no feature is needed."""
    capital = small_capitals(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {c: capital.get(glyph, glyph) for c, glyph in table.cmap.items()}


def rename(font: TTFont, family: str, style: str) -> None:
    """Rename the font; only copyright and licence keep the reserved name, as the licence asks."""
    for record in list(font["name"].names):
        if record.nameID not in (0, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    postscript = f"{family}-{style}".replace(" ", "")
    for name_id, text in {1: family, 2: style, 4: f"{family} {style}", 6: postscript}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def make(release: Path, name: str, cut: Cut) -> Path:
    """Write one web font and return its path."""
    font = TTFont(release / "VAR" / f"SourceSerif4Variable-{cut.source}.ttf")
    if cut.small_capitals:
        draw_lowercase_as_capitals(font)
    options = Options(layout_features=list(cut.features), hinting=False, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points(cut.characters))
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": EVERY_WEIGHT, "opsz": cut.sizes})
    family = "Parley Capitals" if cut.small_capitals else "Parley Serif"
    rename(font, family, "Italic" if cut.source == "Italic" else "Regular")
    font.flavor = "woff2"
    target = FONTS / f"parley-{name}.woff2"
    font.save(target)
    return target


def main(release: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    (FONTS / "LICENSE.md").write_bytes((release / "LICENSE.md").read_bytes())
    for name, cut in CUTS.items():
        path = make(release, name, cut)
        print(f"{path.name}  {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
