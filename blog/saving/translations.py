"""Families of translations: every member names the original, which names none."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils import timezone

from blog.models import Post


def lock_family(post: Post) -> Post | None:
    """Lock the post and its original till the transaction ends; returns the post as it is stored, if it is.

    In the order of their keys, so that two that join each other's families at once take turns.
    """
    locked = _lock(None if post._state.adding else post.pk, post.translation_of_id)
    if post.translation_of_id in locked and post.translation_of_id != post.pk:
        post.translation_of = locked[post.translation_of_id]
    return None if post._state.adding else locked[post.pk]


def name_original(post: Post) -> None:
    """Where the post names a translation, let it name what that is a translation of; not saved."""
    named = post.translation_of
    if named and named.translation_of_id:
        post.translation_of_id = named.translation_of_id
    if post.translation_of_id == post.pk:
        post.translation_of = None


def bring_along(post: Post) -> None:
    """Once the post is a translation itself, what was translated from it joins the same family."""
    if post.translation_of_id:
        _move(Q(translation_of=post), to=post.translation_of_id)


def hand_over(post: Post) -> None:
    """Before the post is deleted: of its translations, the oldest becomes the original."""
    heir = Post.objects.filter(translation_of=post).order_by("pk").values_list("pk", flat=True)[:1]
    for pk in heir:
        _move(Q(pk=pk), to=None)
        _move(Q(translation_of=post), to=pk)


def languages_twice(post: Post, *, language: str, original: Post | None, joins: bool) -> set[str]:
    """The languages that the family would have twice with the post in `language` under `original`.

    `joins` says whether the post comes to this family only now, and brings its own translations.
    Both are locked till the transaction ends, so that nobody else joins in the same language meanwhile.
    """
    _lock(post.pk, original.pk if original else None)
    own = _languages(Q(translation_of=post)) if post.pk else set()
    beside = Q(pk=original.pk) | Q(translation_of=original) if original else Q(pk=None)
    theirs = _languages(beside & ~Q(pk=post.pk) & ~Q(translation_of=post.pk or 0))
    return ({language} & (own | theirs)) | (own & theirs if joins else set())


def _lock(*pks: int | None) -> dict[int, Post]:
    asked_for = set(pks) - {None}
    if not asked_for:
        return {}
    # Not so that nobody can name these rows: replies that arrive meanwhile need not wait.
    rows = Post.objects.filter(pk__in=asked_for).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _languages(which: Q) -> set[str]:
    return set(Post.objects.filter(which).order_by().values_list("language", flat=True))


def _move(which: Q, *, to: int | None) -> None:
    """An editor that stands open elsewhere would undo it, so its next save is shown both."""
    Post.objects.filter(which).update(
        translation_of=to, touched_at=timezone.now(), version=F("version") + 1
    )
