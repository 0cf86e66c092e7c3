"""The names of what the blog's pages show (`web.shown`), and which of them a change concerns.

A thing has a name ("author:3"), and so has the list of posts that belong to it ("author:3/posts"):
a new post changes the list and not the author. Categories are named by their paths, of which those
above are the beginnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from django.db.models import Model
from django.utils import timezone

from accounts.models import Author
from blog.models import Category, Post, Series, Status, Tag, TaggedPost
from site_settings.reading import zone
from web.shown import changed, named

# All live posts, and everything that they belong to.
POSTS, INDEX = "posts", "index"


def name_of(thing: Model) -> str:
    """Return the name of an object: by its id; of a category, by its path."""
    return named(type(thing), thing.path if isinstance(thing, Category) else thing.pk)


def posts_of(name: str) -> str:
    """Return the name of the list of posts that belong to a thing."""
    return f"{name}/posts"


def posts_in(period_or_language: object) -> str:
    """Return the name of the list of a year, a month ("2011-05") or a language's posts."""
    return posts_of(f"in:{period_or_language}")


def replies_to(post_id: int) -> str:
    """Return the name of the number of replies under a post."""
    return f"{named(Post, post_id)}/replies"


def family_of(post: Post) -> str:
    """Return the name of a post with its translations."""
    return family(post.translation_of_id or post.pk)


def family(original_id: int) -> str:
    return f"family:{original_id}"


@dataclass(frozen=True)
class Place:
    """Where readers find a post: its moment, the lists that it is in, and its place in a series."""

    at: datetime
    lists: frozenset[str]
    family: str
    in_series: int


def place_of(post: Post) -> Place | None:
    """Return where readers find a published post, be it scheduled; None for any other."""
    if post.pk is None or post.status != Status.PUBLISHED:
        return None
    return Place(post.due_at, frozenset(_lists(post)), family_of(post), post.series_position)


def _lists(post: Post) -> Iterable[str]:
    day = timezone.localtime(post.due_at, zone())
    yield from (POSTS, posts_in(day.year), posts_in(f"{day:%Y-%m}"))
    yield from map(posts_in, accumulate(post.language.lower().split("-"), "{}-{}".format))
    if post.category:
        yield from (posts_of(named(Category, path)) for path in lineage(post.category.path))
    if post.series_id:
        yield posts_of(named(Series, post.series_id))
    authors = post.authors.through.objects.filter(post=post.pk).values_list("author_id", flat=True)
    yield from (posts_of(named(Author, pk)) for pk in authors)
    tags = TaggedPost.objects.filter(content_object=post.pk).values_list("tag_id", flat=True)
    yield from (posts_of(named(Tag, pk)) for pk in tags)


def lineage(path: str) -> Iterable[str]:
    """Return the path of a category and of each above it, from the top."""
    return accumulate(path.split("/"), "{}/{}".format)


def announce(post: Post, *, before: Place | None, after: Place | None) -> None:
    """Announce that a post has changed, and its place if `before` and `after` differ."""
    if not (before or after):
        return  # readers saw nothing of it, and see nothing
    lists = _changed_lists(before, after)
    places = [place for place in (before, after) if place]
    names = {name_of(post), *lists, *(place.family for place in places)}
    changed(*names)
    if after and after.at > timezone.now():
        changed(*_appearing(after), at=after.at)


def scheduled(after: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield what changes where posts appear after that moment, each with the moment."""
    for post in Post.objects.scheduled(after).without_texts().select_related("category"):
        if place := place_of(post):
            yield from ((name, place.at) for name in _appearing(place))


def _appearing(place: Place) -> set[str]:
    return {INDEX, place.family, *place.lists}


def _changed_lists(before: Place | None, after: Place | None) -> set[str]:
    """Return the lists that a post enters, leaves or moves in, and the archive if there are any."""
    old, new = (place.lists if place else frozenset() for place in (before, after))
    lists = set(old ^ new)
    if before and after and before.at != after.at:
        lists |= old | new
    elif before and after and before.in_series != after.in_series:
        lists |= {name for name in new if name.startswith(f"{Series._meta.model_name}:")}
    return lists | {INDEX} if lists else lists
