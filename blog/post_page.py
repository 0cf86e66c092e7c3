"""What the page of one post shows, read by queries that are built once."""

from __future__ import annotations

from django.db.models import BigAutoField, CharField, Q

from blog.models import Byline, Post, Tag
from blog.models.querysets import LINK
from web.prepared import Given, Prepared, prefetched

KEY = BigAutoField()
_post, _original = Given("post", KEY), Given("original", KEY)

BY_ADDRESS = Prepared(Post.objects.for_page().filter(address=Given("address", CharField())))
BYLINES = Prepared(Byline.objects.filter(post=_post).select_related("author"))
TAGS = Prepared(Tag.objects.filter(tagged__content_object=_post).order_by("tagged__pk"))
# Without a filter for live posts: SQLite would read all of them to find these few.
TRANSLATIONS = Prepared(
    Post.objects.filter(Q(pk=_original) | Q(translation_of=_original))
    .exclude(pk=_post)
    .order_by("language")
    .only(*LINK, "status")
)


def post_at(address: str) -> Post | None:
    """Return the post at an address, whatever its status, with all that its page shows of it."""
    post = BY_ADDRESS.first(address=address)
    return post and complete(post)


def complete(post: Post) -> Post:
    """Return a post of `PostQuerySet.for_page` with its bylines and tags."""
    prefetched(post, "bylines", BYLINES.all(post=post.pk))
    prefetched(post, "tags", TAGS.all(post=post.pk))
    return post


def translations_of(post: Post) -> list[Post]:
    """Return the post's live translations; the original is one of them."""
    family = TRANSLATIONS.all(post=post.pk, original=post.translation_of_id or post.pk)
    return [one for one in family if one.is_live]
