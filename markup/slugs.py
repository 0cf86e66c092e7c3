"""Words as parts of an address: letters and digits of any script, with the marks that they carry."""

import re
import unicodedata
from collections.abc import Iterator

from markup.visible import BLANK

# Marks on letters (Unicode's Mn and Mc), which regular expressions do not count as parts of words.
# Those of no shape are left out: they choose a variant, and two equal addresses would differ.
SHAPELESS = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
LAST_MARK = 0x1FFFF


def is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Mc"}


def _ranges_of_marks() -> Iterator[str]:
    start = None
    for code in range(LAST_MARK + 1):
        mark = is_mark(chr(code))
        if mark and start is None:
            start = code
        elif not mark and start is not None:
            yield f"{chr(start)}-{chr(code - 1)}"
            start = None


MARKS = "".join(_ranges_of_marks())
# What a slug is made of, for addresses that must match one.
SLUG = rf"[-\w{MARKS}]+"
LOOSE_MARKS = re.compile(rf"(?<![\w{MARKS}])[{MARKS}]+")
NOT_OF_A_SLUG = re.compile(rf"[^-\s\w{MARKS}]|[{BLANK}]")
NOT_OF_A_WORD = re.compile(rf"[^\w{MARKS}]+|[_{BLANK}]+")
BETWEEN = re.compile(r"[-\s]+")
ENDING_IN_MARKS = re.compile(rf".?[{MARKS}]*\Z", re.DOTALL)


def slug_of(text: str, *, longest: int) -> str:
    """The text as a part of an address: lower case, NFC, hyphens for spaces, other signs left out.

    At most `longest` characters, and never a letter without its marks; "" where no word is in it.
    """
    words = NOT_OF_A_SLUG.sub("", folded(text))
    return cut_slug(BETWEEN.sub("-", words).strip("-_"), longest).strip("-_")


def joined_words(text: str, *, longest: int) -> str:
    """The words of the text with hyphens in place of whatever stands between them; cut like a slug."""
    return cut_slug(NOT_OF_A_WORD.sub("-", folded(text)).strip("-"), longest).rstrip("-")


def folded(text: str) -> str:
    """The text without differences that no reader sees in an address: of case, width and variants.

    The dot that lower case leaves above the i of "İstanbul" goes: an i has one.
    """
    plain = SHAPELESS.sub("", unicodedata.normalize("NFKC", text)).lower()
    return LOOSE_MARKS.sub("", unicodedata.normalize("NFC", plain.replace("i\u0307", "i")))


def cut_slug(slug: str, longest: int) -> str:
    """The beginning of a slug, without a last letter that would lose its marks."""
    if len(slug) <= longest:
        return slug
    kept = slug[:longest]
    return ENDING_IN_MARKS.sub("", kept, count=1) if is_mark(slug[longest]) else kept
