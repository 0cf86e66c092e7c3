"""The XML that feeds need, as plain strings: a fraction of the cost of a SAX writer."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape, unescape

Attributes = Mapping[str, str | int]

# Characters that XML 1.0 (section 2.2) forbids, even escaped. In UTF-8 the control characters
# are one byte each, and no other character has such a byte in it.
CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
NONCHARACTERS = "\ufffe\uffff"
NONE: Attributes = {}


def wrapped(name: str, *inner: str, attributes: Attributes = NONE) -> str:
    """Return an element around XML. Attributes are escaped, and empty ones left out."""
    start = name
    for key, value in attributes.items():
        if value:
            start += f' {key}="{escape(str(value))}"'
    return f"<{start}>{''.join(inner)}</{name}>"


def element(name: str, text: str = "", attributes: Attributes = NONE) -> str:
    """Return an element around plain text, which is escaped."""
    return wrapped(name, escape(text, quote=False), attributes=attributes)


def optional(name: str, text: str, attributes: Attributes = NONE) -> str:
    """Return the element, or "" if there is no text."""
    return element(name, text, attributes) if text else ""


def as_html(name: str, text: str) -> str:
    """Return an element around plain text that readers take for HTML, like RSS's descriptions."""
    return element(name, escape(text, quote=False))


def title(name: str, text: str) -> str:
    """Return an element around plain text that some readers take for HTML, others for plain text.

    It becomes HTML only if it would read differently as HTML, so that "Q&A" is right for all.
    """
    is_the_same = "<" not in text and unescape(text) == text
    return element(name, text) if is_the_same else as_html(name, text)


def html(name: str, markup: str, attributes: Attributes = NONE) -> str:
    """Return an element around HTML, which is in it as CDATA."""
    text = markup.replace("]]>", "]]]]><![CDATA[>")
    return wrapped(name, f"<![CDATA[{text}]]>", attributes=attributes)


def document(root: str) -> bytes:
    """Return the document in UTF-8, without characters that XML 1.0 forbids."""
    for character in NONCHARACTERS:
        root = root.replace(character, "")
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'
    return text.encode("utf-8", "ignore").translate(None, CONTROLS)
