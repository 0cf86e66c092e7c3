"""Families of translations: every translation refers to the original, which refers to none."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils import timezone

from blog.models import Post
from blog.shown import family, family_of
from web.shown import SCHEDULE, changed


def lock_family(post: Post) -> Post | None:
    """Lock the post and its original until the transaction ends; return the stored post or None.

    It locks in the order of the keys, so that two posts that join each other's families at once do
    not deadlock.
    """
    locked = _lock(None if post._state.adding else post.pk, post.translation_of_id)
    if post.translation_of_id in locked and post.translation_of_id != post.pk:
        post.translation_of = locked[post.translation_of_id]
    return None if post._state.adding else locked[post.pk]


def name_original(post: Post) -> None:
    """If the post's original is a translation, refer to that one's original; not saved."""
    named = post.translation_of
    if named and named.translation_of_id:
        post.translation_of_id = named.translation_of_id
    if post.translation_of_id == post.pk:
        post.translation_of = None


def bring_along(post: Post) -> None:
    """When the post becomes a translation, move its translations into the same family."""
    if post.translation_of_id:
        _move(Q(translation_of=post), to=post.translation_of_id)


def hand_over(post: Post) -> None:
    """Before the post is deleted, make the oldest of its translations the original."""
    heir = Post.objects.filter(translation_of=post).order_by("pk").values_list("pk", flat=True)[:1]
    for pk in heir:
        _move(Q(pk=pk), to=None)
        _move(Q(translation_of=post), to=pk)


def languages_twice(post: Post, *, language: str, original: Post | None, joins: bool) -> set[str]:
    """Return the languages that the family would have twice with the post under `original`.

    `joins` says whether the post is new in this family and brings its own translations. Both posts
    are locked until the transaction ends, so that nobody else joins in the same language meanwhile.
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
    # `no_key` lets others refer to these rows: new replies need not wait.
    rows = Post.objects.filter(pk__in=asked_for).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _languages(which: Q) -> set[str]:
    return set(Post.objects.filter(which).order_by().values_list("language", flat=True))


def _move(which: Q, *, to: int | None) -> None:
    """Move posts and raise their versions, so that an open form does not undo the move."""
    moved = Post.objects.filter(which)
    for post in moved.only("translation_of"):
        changed(family_of(post), family(to or post.pk), SCHEDULE)
    moved.update(translation_of=to, touched_at=timezone.now(), version=F("version") + 1)
