"""The HTML of a reply."""

from __future__ import annotations

from accounts.names import without_piles
from markup import render_reply


def html_of(body: str, *, language: str) -> str:
    """The HTML of what somebody typed; also marks that were typed as entities of HTML pile up no higher."""
    return without_piles(render_reply(body, language=language))
