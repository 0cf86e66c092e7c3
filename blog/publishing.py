"""The only way to change a post: saving, publishing, withdrawing, restoring.

The caller checks permissions. These functions keep what is stored consistent: derived text,
address, revisions, bylines and tags change in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from accounts.models import Author, User
from blog.models import Byline, Post, Revision, Status
from blog.saving.addresses import give_address, keep_known_slug
from blog.saving.rendering import derive, notice_of
from blog.saving.tags import set_tags
from blog.saving.translations import bring_along, hand_over, lock_family, name_original
from blog.shown import announce, name_of, place_of
from blog.signals import post_deleting
from images.models import Image
from markup import (
    has_content,
    picture_keys,
    pictures_without_alt,
    shows_something,
    taken_out,
)
from web.shown import changed

DERIVED = (
    *("body_html", "excerpt_html", "has_more", "more_label"),
    *("toc", "body_text", "reading_minutes"),
)
Credit = tuple[Author, str]


class Content(TypedDict, total=False):
    """What a save can change besides the post's own fields; see `save_post`."""

    bylines: Sequence[Credit] | None
    tags: Iterable[str] | None
    note: str


class CannotPublish(Exception):
    """The post cannot be published. `problems` are the reasons, in words for its author."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(*problems)
        self.problems = problems


class StaleVersion(Exception):
    """Somebody else saved the post since it was read. `theirs` is the post as it is stored now."""

    def __init__(self, theirs: Post) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@transaction.atomic
def save_post(
    *,
    post: Post,
    by: User | None,
    bylines: Sequence[Credit] | None = None,
    tags: Iterable[str] | None = None,
    note: str = "",
) -> Post:
    """Save a new or changed post with everything derived from it; line ends become "\\n".

    `bylines` are (author, role) in order and `tags` are names; None leaves them unchanged. Raises
    StaleVersion if the stored post is not the version that was read, and CannotPublish if a
    published post would have problems (`publication_problems`).
    """
    before = _claim_version(post)
    if before is not None and not before.revisions.exists():
        _keep_revision(before, by=None)  # it has no revisions: fixtures or a bulk import made it
    said_before = before and _said(before)
    place_before = place_of(before) if before else None
    post.title, post.summary, post.body = _words(post)
    keep_known_slug(post, before)
    name_original(post)
    derive(post)
    post.touched_at = timezone.now()
    if before is None or _words(before) != _words(post):
        post.updated_at = post.touched_at
    post.save()
    bring_along(post)
    if bylines is not None:
        _set_bylines(post, bylines)
    if tags is not None:
        set_tags(post, tags)
    post.images.set(Image.objects.filter(key__in=picture_keys(post.body)))
    if said_before != _said(post):
        _keep_revision(post, by=by, note=note)
    if post.status == Status.PUBLISHED:
        _see_to_public_face(post, before)
    announce(post, before=place_before, after=place_of(post))
    return post


def publish(
    *, post: Post, by: User | None, at: datetime | None = None, **content: Unpack[Content]
) -> Post:
    """Publish at `at`, else at the post's own date, else now. Raises as `save_post` does."""
    post.status = Status.PUBLISHED
    post.published_at = at or post.published_at or timezone.now()
    return save_post(post=post, by=by, **content)


def submit_for_review(*, post: Post, by: User | None, **content: Unpack[Content]) -> Post:
    """Hand a draft to the editors."""
    post.status = Status.IN_REVIEW
    return save_post(post=post, by=by, **content)


def return_to_draft(*, post: Post, by: User | None, **content: Unpack[Content]) -> Post:
    """Make a post a draft again after review, scheduling or withdrawal."""
    post.status = Status.DRAFT
    return save_post(post=post, by=by, **content)


def withdraw(*, post: Post, by: User | None, **content: Unpack[Content]) -> Post:
    """Withdraw a published post: its address answers 410 from now on (RFC 9110)."""
    post.status = Status.WITHDRAWN
    return save_post(post=post, by=by, **content)


@transaction.atomic
def delete(*, post: Post) -> None:
    """Delete a post with its revisions and replies; its address is free again."""
    place = place_of(post)
    post_deleting.send(sender=Post, post=post)
    hand_over(post)
    announce(post, before=place, after=None)
    post.delete()


def restore_revision(*, revision: Revision, by: User | None) -> Post:
    """Save the content of a revision as a new revision. Raises as `save_post` does."""
    post = revision.post
    post.title, post.summary, post.body = revision.title, revision.summary, revision.body
    when = timezone.localtime(revision.created_at)
    note = _("Restored from %(when)s") % {"when": f"{when:%Y-%m-%d %H:%M}"}
    return save_post(post=post, by=by, tags=revision.tags, note=note)


@transaction.atomic
def rerender(*, posts: Iterable[Post]) -> None:
    """Render posts again after a change of an image or the renderer, without revisions."""
    for post in posts:
        derive(post)
        post.touched_at = timezone.now()
        post.save(update_fields=[*DERIVED, "touched_at"])
        changed(name_of(post))


def render_again(*, post: Post) -> bool:
    """Render a post again after an upgrade; return whether the result changed.

    Nobody changed the post: there is no revision, and `updated_at` stays.
    Conditional requests see the change. A post that is saved meanwhile stays as it was saved.
    """
    before = [getattr(post, name) for name in DERIVED]
    derive(post)
    after = {name: getattr(post, name) for name in DERIVED}
    if before == list(after.values()):
        return False
    same = Post.objects.filter(pk=post.pk, version=post.version)
    has_changed = bool(same.update(**after, touched_at=timezone.now()))
    if has_changed:
        changed(name_of(post))
    return has_changed


def publication_problems(post: Post, *, bylines: Sequence[Credit] | None = None) -> list[str]:
    """Return why the post cannot be published, in words for its author; empty if it can.

    The post's text must be rendered. `bylines` are those that it will have; None means the stored
    ones.
    """
    problems = []
    if not shows_something(post.title):
        problems.append(_("A post needs a title."))
    if not has_content(post.body_html):
        problems.append(
            " ".join([_("A post needs a text."), notice_of(taken_out(post.body))]).strip()
        )
    if not (post.bylines.exists() if bylines is None else bylines):
        problems.append(_("A post needs an author."))
    return problems + [
        _("The image “%(image)s” has no alt text and is not marked decorative.") % {"image": image}
        for image in _images_lacking_alt(post)
    ]


def _images_lacking_alt(post: Post) -> Iterable[Image]:
    keys = set(pictures_without_alt(post.body))
    if post.lead_image:
        keys.add(post.lead_image.key)
    return Image.objects.filter(key__in=keys, alt="", decorative=False)


def _claim_version(post: Post) -> Post | None:
    """Lock the stored row and raise the version; return the stored post, or None for a new one.

    It also locks and reads again the post of which this one is to be a translation
    (`blog.saving.translations`).
    """
    stored = lock_family(post)
    if stored is None:
        post.version = 1
        return None
    if stored.version != post.version:
        raise StaleVersion(stored)
    post.version += 1
    return stored


def _set_bylines(post: Post, bylines: Sequence[Credit]) -> None:
    post.bylines.exclude(author__in=[author for author, _role in bylines]).delete()
    for position, (author, role) in enumerate(bylines):
        values = {"role": role, "position": position}
        Byline.objects.update_or_create(post=post, author=author, defaults=values)


def _keep_revision(post: Post, *, by: User | None, note: str = "") -> None:
    title, summary, body = _words(post)
    tags = sorted(tag.name for tag in post.tags.all())
    post.revisions.create(by=by, title=title, summary=summary, body=body, tags=tags, note=note)


def _said(post: Post) -> tuple[tuple[str, ...], set[int]]:
    """Return the content that revisions keep. Tags by id: a tag's name changes without the post."""
    return _words(post), {tag.pk for tag in post.tags.all()}


def _words(post: Post) -> tuple[str, str, str]:
    """Return title, summary and body with equal line ends, in which browsers and files differ."""
    title, summary, body = map(normalize_newlines, (post.title, post.summary, post.body))
    return title, summary, body


def _see_to_public_face(post: Post, before: Post | None) -> None:
    if problems := publication_problems(post):
        raise CannotPublish(problems)
    give_address(post, before)
