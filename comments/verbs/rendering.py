"""Storing derived fields again, after an upgrade or when a writer's name changes."""

from __future__ import annotations

from background.queue import task
from comments.derived import derive_words, html_of
from comments.models import Comment
from comments.shown import threads_changed
from web.batches import batches

DERIVED = ("body_html", "folded_text", "domains")


def render_again(*, comment: Comment) -> bool:
    """Derive the fields of the text again; return whether the HTML has changed."""
    before = _derived(comment)
    comment.body_html = html_of(comment.body, language=comment.language)
    derive_words(comment)
    has_changed = "body_html" in _store(comment, before)
    if has_changed:
        threads_changed([comment.post_id])
    return has_changed


@task()
def derive_words_of(user_pk: int) -> None:
    """Derive the words of an account's replies again: rules search the account's name in them."""
    for some in batches(list(Comment.objects.filter(user=user_pk).values_list("pk", flat=True))):
        for comment in Comment.objects.filter(pk__in=some):
            before = _derived(comment)
            derive_words(comment)
            _store(comment, before)


def _derived(comment: Comment) -> dict[str, str]:
    return {name: getattr(comment, name) for name in DERIVED}


def _store(comment: Comment, before: dict[str, str]) -> dict[str, str]:
    """Store and return the changed fields; none if the reply was changed since it was read."""
    changed = {name: now for name, now in _derived(comment).items() if now != before[name]}
    read = {name: getattr(comment, name) for name in ("pk", "name", "website", "body")}
    return changed if changed and Comment.objects.filter(**read).update(**changed) else {}
