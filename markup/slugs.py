"""Makes slugs: letters and digits of any script, with their marks."""

import re
import unicodedata
from collections.abc import Iterator

from folding import BLANK, IGNORABLE

# Regular expressions do not count marks on letters (Unicode's Mn and Mc) as parts of words.
# Invisible marks are left out: two slugs that look equal would differ.
# Only the beginning of a text goes into a slug, up to this many times the slug's length.
TIMES_AS_LONG = 10


def is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Mc"}


def _ranges_of_marks(first: int, end: int) -> Iterator[str]:
    start = None
    for code in range(first, end):
        mark = is_mark(chr(code))
        if mark and start is None:
            start = code
        elif not mark and start is not None:
            yield f"{chr(start)}-{chr(code - 1)}"
            start = None


# Python looks up a set at once only for signs below U+10000, and only without categories.
MARK = "(?:[{}]|(?=[\U00010000-\U0010ffff])[{}])".format(
    *("".join(_ranges_of_marks(*codes)) for codes in ((0, 0x10000), (0x10000, 0x20000)))
)
# The pattern of a slug, for URLs.
SLUG = rf"[-\w]+(?:{MARK}[-\w]*)*"
LOOSE_MARKS = re.compile(rf"{MARK}(?<!\w.)(?<!{MARK}.){MARK}*", re.DOTALL)
NOT_OF_A_SLUG = re.compile(rf"(?!{MARK})[^-\s\w]|[{BLANK}]")
NOT_OF_A_WORD = re.compile(rf"(?:(?!{MARK})[\W_{BLANK}])+")
BETWEEN = re.compile(r"[-\s]+")
ENDING_IN_MARKS = re.compile(rf".?{MARK}*\Z", re.DOTALL)


def slug_of(text: str, *, longest: int) -> str:
    """Return the text as a slug: lower case, NFC, hyphens for spaces, other signs left out.

    At most `longest` characters, and never a letter without its marks; "" if there is no word.
    """
    words = NOT_OF_A_SLUG.sub("", normalized(text[: TIMES_AS_LONG * longest]))
    return cut_slug(BETWEEN.sub("-", words).strip("-_"), longest).strip("-_")


def joined_words(text: str, *, longest: int) -> str:
    """Return the text's words joined by hyphens, cut like a slug."""
    words = NOT_OF_A_WORD.sub("-", normalized(text[: TIMES_AS_LONG * longest]))
    return cut_slug(words.strip("-"), longest).rstrip("-")


def normalized(text: str) -> str:
    """Return the text without invisible differences of case, width and variants.

    The dot that lower case leaves above the i of "İstanbul" is removed: an i has one.
    """
    if text.isascii():
        return text.lower()
    plain = IGNORABLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return LOOSE_MARKS.sub("", unicodedata.normalize("NFC", plain.replace("i\u0307", "i")))


def cut_slug(slug: str, longest: int) -> str:
    """Return the first `longest` characters, without a last letter that would lose its marks."""
    if len(slug) <= longest:
        return slug
    kept = slug[:longest]
    return ENDING_IN_MARKS.sub("", kept, count=1) if is_mark(slug[longest]) else kept
