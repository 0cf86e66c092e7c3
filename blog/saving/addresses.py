"""The addresses of posts: given on publication, and redirected when they change."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.slugs import ROOM
from blog.models import Post, Redirect, Status
from blog.models.redirect import path_of
from blog.models.taxonomy import SLUG_LENGTH
from markup import cut_slug, slug_of
from site_settings.reading import zone

# More than the number of people who publish at the same moment.
TRIES = 20


def slug_from(title: str) -> str:
    return slug_of(title, longest=SLUG_LENGTH) or "post"


def keep_known_slug(post: Post, before: Post | None) -> None:
    """Keep a slug once readers know the address; before, a slug that nobody typed follows the title.

    An address that was given and taken back before the publication date is dropped. A known address
    gets a redirect when the post's date moves into the future.
    """
    if before is None or not before.address:
        return
    if was_known(before):
        post.slug = post.slug or last_part(before)
        if post.due_at > timezone.now():
            Redirect.objects.note_known(post, path=path_of(before))
    elif post.status != Status.PUBLISHED:
        post.address = None


def give_address(post: Post, before: Post | None) -> None:
    """Give the post an address from its month and slug; one that readers knew redirects to it."""
    had = post.address, post.slug
    for tries_left in reversed(range(TRIES)):
        post.address, post.slug = had
        post.address = _free_address(post)
        if post.slug or post.is_live:
            post.slug = last_part(post)
        if had == (post.address, post.slug):
            return
        try:
            with transaction.atomic():
                post.save(update_fields=["address", "slug"])
            break
        except IntegrityError:
            # Another post took the address at the same moment.
            if not tries_left:
                raise
    if before is not None and was_known(before) and before.address != post.address:
        Redirect.objects.note_move(post, before=path_of(before))


def was_known(post: Post) -> bool:
    """Return whether readers could find the stored post at its address."""
    if not post.address or post.due_at <= timezone.now():
        return bool(post.address)
    return post.redirects.filter(path=path_of(post)).exists()


def last_part(post: Post) -> str:
    """Return the slug in the post's address, which is there even if nobody typed a slug."""
    return (post.address or "").rsplit("/", 1)[-1]


def _free_address(post: Post) -> str:
    month = timezone.localtime(post.due_at, zone()).strftime("%Y/%m")
    wanted = slug = post.slug or slug_from(post.title)
    number = 1
    while _is_taken(f"{month}/{slug}", post):
        number += 1
        slug = f"{cut_slug(wanted, SLUG_LENGTH - ROOM)}-{number}"
    return f"{month}/{slug}"


def _is_taken(address: str, post: Post) -> bool:
    held = Post.objects.filter(address=address).exclude(pk=post.pk)
    remembered = Redirect.objects.filter(path=f"/{address}/").exclude(post=post)
    return held.exists() or remembered.exists()
