"""The few things feeds need of XML, as plain strings: a fraction of the cost of a SAX writer."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape, unescape

Attributes = Mapping[str, str | int]

# What XML 1.0 (section 2.2) has no way to say, not even escaped. In UTF-8 the control characters
# are one byte each, and no other character has such a byte in it.
CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
NONCHARACTERS = "\ufffe\uffff"
NONE: Attributes = {}


def wrapped(name: str, *inner: str, attributes: Attributes = NONE) -> str:
    """One element around what is written already. Attributes are escaped, and empty ones left out."""
    start = name
    for key, value in attributes.items():
        if value:
            start += f' {key}="{escape(str(value))}"'
    return f"<{start}>{''.join(inner)}</{name}>"


def element(name: str, text: str = "", attributes: Attributes = NONE) -> str:
    """One element around plain text, which is escaped."""
    return wrapped(name, escape(text, quote=False), attributes=attributes)


def optional(name: str, text: str, attributes: Attributes = NONE) -> str:
    """The element if there is something to say, else nothing."""
    return element(name, text, attributes) if text else ""


def as_html(name: str, text: str) -> str:
    """One element around plain text that readers take for HTML, as they do RSS's descriptions."""
    return element(name, escape(text, quote=False))


def title(name: str, text: str) -> str:
    """One element around plain text that some readers take for HTML and others for plain text.

    It becomes HTML only where it would be another text as HTML, so that "Q&A" is right for all.
    """
    is_the_same = "<" not in text and unescape(text) == text
    return element(name, text) if is_the_same else as_html(name, text)


def html(name: str, markup: str, attributes: Attributes = NONE) -> str:
    """One element around HTML, which stands in it as text."""
    text = markup.replace("]]>", "]]]]><![CDATA[>")
    return wrapped(name, f"<![CDATA[{text}]]>", attributes=attributes)


def document(root: str) -> bytes:
    """The document in UTF-8, without any character that XML 1.0 forbids."""
    for character in NONCHARACTERS:
        root = root.replace(character, "")
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'
    return text.encode("utf-8", "ignore").translate(None, CONTROLS)
