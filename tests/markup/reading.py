"""Reading rendered HTML the way a browser would, for tests that ask what is in it."""

import re

from lxml import html as parser
from lxml.html import HtmlElement


def tree(html: str) -> HtmlElement:
    """The fragment as elements under one `div`."""
    return parser.fragment_fromstring(html, create_parent="div")


def tags(html: str) -> set[str]:
    """The names of all elements in the fragment."""
    return {element.tag for element in tree(html).iterdescendants()}


def scheme(address: str) -> str:
    """The scheme that a browser would find in an address, "" for a relative one.

    It ignores what the URL standard ignores: leading control characters and spaces, and tabs and
    line breaks anywhere.
    """
    bare = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(0x21)))).lower()
    found = re.match(r"([a-z][a-z0-9+.-]*):", bare)
    return found[1] if found else ""
