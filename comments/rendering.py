"""The HTML of a reply."""

from __future__ import annotations

from accounts.names import without_piles, without_turns
from markup import render_reply


def html_of(body: str, *, language: str) -> str:
    """The HTML of what somebody typed.

    Also marks and turns of direction that were typed as entities of HTML, or between marks of Markdown,
    pile up no higher and turn nothing.
    """
    return without_piles(without_turns(render_reply(body, language=language)), html=True)
