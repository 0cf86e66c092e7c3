"""What a guest finds in a mail."""

from __future__ import annotations

import re
from email.message import EmailMessage


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def path_in(mail: EmailMessage, begin: str) -> str:
    """The path of the one link in a mail that leads below `begin`; text and HTML must agree."""
    paths: list[str] = []
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part
        found = set(re.findall(rf"http://localhost:8000({begin}[^\s\"<]+)", part.get_content()))
        assert len(found) == 1, found
        paths += found
    assert paths[0] == paths[1]
    return paths[0]
