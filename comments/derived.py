"""What of a reply follows from what was typed: worked out once, when it is written."""

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
    """Fill every field of a new reply that follows from the others; nothing is saved."""
    above = comment.parent.path if comment.parent else ""
    comment.path = path_below(above, at=comment.submitted_at, uid=comment.uid)
    comment.avatar_seed = avatar_seed(user_id=comment.user_id, email=comment.email)
    derive_text(comment)


def derive_text(comment: Comment) -> None:
    """Fill the fields that follow from the text; nothing is saved."""
    comment.body_html = html_of(comment.body, language=comment.language)
    comment.text_hash = fingerprint(comment.reading.own_text)
    derive_words(comment)


def derive_words(comment: Comment) -> None:
    """Fill what rules seek in a reply, which follows from its name and website too; nothing is saved."""
    comment.folded_text = folded(f"{comment.name}\n{comment.reading.both}")
    comment.domains = named_domains(comment.name, comment.website, comment.reading)


def html_of(body: str, *, language: str) -> str:
    """The HTML of what somebody typed.

    Also marks and turns of direction that were typed as entities of HTML, or between marks of Markdown,
    pile up no higher and turn nothing.
    """
    return without_piles(without_turns(render_reply(body, language=language)), html=True)
