"""The fields of a reply that are derived from what was typed."""

from __future__ import annotations

from accounts.names import without_piles, without_turns
from comments.avatars import avatar_seed
from comments.models import Comment
from comments.models.paths import path_below
from comments.text.domains import named_domains
from comments.text.fingerprint import fingerprint
from folding import folded
from markup import render_reply


def derive(comment: Comment) -> None:
    """Fill every derived field of a new reply; save nothing."""
    above = comment.parent.path if comment.parent else ""
    comment.path = path_below(above, at=comment.submitted_at, uid=comment.uid)
    comment.avatar_seed = avatar_seed(user_id=comment.user_id, email=comment.email)
    derive_text(comment)


def derive_text(comment: Comment) -> None:
    """Fill the fields derived from the text; save nothing."""
    comment.body_html = html_of(comment.body, language=comment.language)
    derive_words(comment)
    comment.text_hash = fingerprint(comment.reading.own_text)


def derive_words(comment: Comment) -> None:
    """Fill what rules search, which is derived from name and website too; save nothing."""
    comment.folded_text = folded(f"{comment.name}\n{comment.reading.both}")
    comment.domains = named_domains(comment.name, comment.website, comment.reading)


def html_of(body: str, *, language: str) -> str:
    """Return the HTML of what somebody typed.

    Combining marks and direction controls typed as HTML entities, or between marks of Markdown, are
    limited and removed as in typed text.
    """
    return without_piles(without_turns(render_reply(body, language=language)), html=True)
