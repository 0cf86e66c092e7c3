"""Writes `folding/lookalikes.txt`: which letters and digits look alike by UTS 39.

    python3 tools/lookalikes.py

ICU (Debian: libicu72) holds Unicode's confusables.txt and gives the skeleton of each letter and digit.
The table has what can be taken for Latin, Greek or Cyrillic letters or for digits. ASCII is unchanged,
though UTS 39 takes "m" for "rn" and "0" for "O": in running text those are other words.
"""

from __future__ import annotations

import ctypes
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from folding.fold import decomposed  # noqa: E402

FILE = ROOT / "folding" / "lookalikes.txt"
SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "DIGIT ")
# UTS 39 has this as a pair, because it compares signs and not words.
IN_ASCII = {"rn": "m"}
# Letters, by name, that UTS 39 leaves unchanged and in which spam is written.
DRAWN = re.compile(
    "(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])"
)
LONGEST = 64
HEADER = """\
# Letters that look alike, after what stands for them (UTS 39, Unicode {version}); made by tools/lookalikes.py
# Data of Unicode, Inc. (https://www.unicode.org/license.txt).
"""


class Icu:
    def __init__(self) -> None:
        name = find_library("icui18n") or ""
        release = name.rpartition(".")[2]
        self._library = ctypes.CDLL(name)
        self._skeleton = self._library[f"uspoof_getSkeletonUTF8_{release}"]
        opening = self._library[f"uspoof_open_{release}"]
        opening.restype = ctypes.c_void_p
        self._status = ctypes.c_int(0)
        self._checker = ctypes.c_void_p(opening(ctypes.byref(self._status)))
        parts = (ctypes.c_uint8 * 4)()
        self._library[f"u_getUnicodeVersion_{release}"](parts)
        self.version = ".".join(map(str, parts[:3]))

    def skeleton(self, text: str) -> str:
        """`skeleton(text)` of UTS 39, section 4."""
        source, target = text.encode(), ctypes.create_string_buffer(LONGEST)
        places = (source, len(source), target, LONGEST, ctypes.byref(self._status))
        length = self._skeleton(self._checker, 0, *places)
        if self._status.value > 0:
            raise SystemExit(f"ICU answered with error {self._status.value}.")
        return target.raw[:length].decode()


def letters() -> Iterator[str]:
    """Yield the letters and digits that folding leaves unchanged, which thus reach the table."""
    for sign in map(chr, range(0x80, sys.maxunicode + 1)):
        is_letter = unicodedata.category(sign).startswith(("L", "Nd", "Nl")) or is_drawn(sign)
        if is_letter and decomposed(sign) == sign:
            yield sign


def is_drawn(sign: str) -> re.Match[str] | None:
    return DRAWN.fullmatch(unicodedata.name(sign, ""))


def table(icu: Icu) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for sign in letters():
        groups[without_marks(sign, icu.skeleton(sign))].append(sign)
    stands_for: dict[str, str] = {}
    for skeleton, signs in groups.items():
        target = IN_ASCII.get(skeleton) or target_of(icu, skeleton, signs)
        if is_wanted(target, signs):
            stands_for |= dict.fromkeys(signs, target)
    stands_for |= {sign: drawn[1].lower() for sign in letters() if (drawn := is_drawn(sign))}
    kept: dict[str, list[str]] = defaultdict(list)
    for sign, target in stands_for.items():
        if sign != (last := "".join(stands_for.get(letter, letter) for letter in target)):
            kept[last].append(sign)
    return {target: sorted(signs) for target, signs in sorted(kept.items())}


def without_marks(sign: str, skeleton: str) -> str:
    """Return the skeleton without marks (UTS 39 has "η" as "n" with one); Latin keeps them ("ø")."""
    if unicodedata.name(sign, "").startswith("LATIN "):
        return skeleton
    return "".join(part for part in skeleton if not unicodedata.category(part).startswith("M"))


def target_of(icu: Icu, skeleton: str, signs: list[str]) -> str:
    """Return the skeleton in small letters; the capital's if only it looks like ASCII, as "В"."""
    if not skeleton.isascii():
        for sign in signs:
            look = (
                icu.skeleton(sign.upper()) if unicodedata.name(sign, "").startswith(SCRIPTS) else ""
            )
            if len(look) == 1 and look.isascii():
                return look.lower()
    return decomposed(skeleton)


def is_wanted(target: str, signs: list[str]) -> bool:
    """Return whether to keep them: accents fold elsewhere, and a stroke makes another letter."""
    is_letters = all(unicodedata.category(sign)[0] in "LN" for sign in target)
    known = [unicodedata.name(sign, "") for sign in (target if target.isascii() else signs)]
    return is_letters and (target.isascii() or any(name.startswith(SCRIPTS) for name in known))


def main() -> None:
    icu = Icu()
    found = table(icu)
    lines = [f"{target} {''.join(signs)}\n" for target, signs in found.items()]
    FILE.write_text(HEADER.format(version=icu.version) + "".join(lines), encoding="utf-8")
    print(f"{sum(map(len, found.values()))} letters, Unicode {icu.version}")


if __name__ == "__main__":
    main()
