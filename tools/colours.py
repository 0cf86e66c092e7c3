"""Finds colours outside the tokens in style sheets, scripts and templates, for `./parley check`.

A style sheet uses the names of the colours in static/css/tokens.css. Where no style sheet applies,
as in a `<meta>` or the manifest, a colour may be written out, if the tokens have it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOKENS = "static/css/tokens.css"
SHEETS = ["static/**/*.css"]
OTHERS = ["static/js/**/*.js", "templates/**/*.html", "config/wellknown.py"]

NAMES = """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
    burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
    darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
    darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
    deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro
    ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow
    lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
    lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine
    mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen
    mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace
    olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred
    papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
    saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey
    snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
    yellowgreen
""".split()
HEX = r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![-\w])"
FUNCTION = r"(?<![-\w])(?:rgba?|hsla?|hwb|(?:ok)?la[bc]|(?:ok)?lch|color|color-mix|light-dark)\("
WRITTEN_OUT = re.compile(f"{HEX}|{FUNCTION}", re.IGNORECASE)
NAMED = re.compile(rf"(?<![-\w.#])(?:{'|'.join(NAMES)})(?![-\w(])", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
VALUE = re.compile(r":([^:;{}]*)(?=[;}])")


def main() -> None:
    faults = [*strays_in_sheets(ROOT), *strays_elsewhere(ROOT)]
    if faults:
        sys.exit(
            "\n".join([*faults, f"Colours belong into {TOKENS}, which names them for all others."])
        )


def strays_in_sheets(root: Path) -> Iterator[str]:
    for path in files(root, SHEETS):
        if path != root / TOKENS:
            for place, line in enumerate(values_by_line(path.read_text(encoding="utf-8")), 1):
                for found in (*WRITTEN_OUT.finditer(line), *NAMED.finditer(line)):
                    yield f"{path.relative_to(root)}:{place}: {found[0]}"


def strays_elsewhere(root: Path) -> Iterator[str]:
    known = set(re.findall(HEX, (root / TOKENS).read_text(encoding="utf-8"), re.IGNORECASE))
    for path in files(root, OTHERS):
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for found in WRITTEN_OUT.findall(line):
                if found not in known:
                    yield f"{path.relative_to(root)}:{place}: {found}"


def files(root: Path, patterns: list[str]) -> list[Path]:
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def values_by_line(css: str) -> list[str]:
    """Return a sheet's values, line by line: a selector may have `#add`, and a comment any word."""
    bare = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css)
    kept, end = [], 0
    for value in VALUE.finditer(bare):
        kept += ["\n" * bare.count("\n", end, value.start(1)), value[1]]
        end = value.end(1)
    return "".join(kept).split("\n")


if __name__ == "__main__":
    main()
