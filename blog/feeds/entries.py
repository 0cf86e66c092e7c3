"""Turns posts into the entries of a feed."""

from __future__ import annotations

import mimetypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from django.db.models import BigAutoField, Subquery
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from accounts.models import Author, author_url
from blog.changes import POSTS as CHANGES_OF_POSTS
from blog.changes import noted
from blog.languages import interface_language
from blog.models import Byline, Category, Post, Tag, TaggedPost
from blog.models.post import first_words, permalink
from feeds.absolute import absolute, joined
from feeds.base import Entry, Person, Picture, Term
from images.models import Image
from site_settings.choices import Text
from site_settings.reading import site
from web.prepared import Prepared, places
from web.shown import named

LEAD_IMAGE = (
    *("file", "width", "height", "renditions"),
    *("alt", "caption", "credit", "credit_url", "licence"),
)
SHOWN = (
    *("pk", "uid", "title", "language", "summary", "body_html", "body_text", "address"),
    *("published_at", "updated_at", "touched_at", "category__name", "category__path"),
    *("excerpt_html", "has_more", "more_label"),
    "lead_image_id",
    *(f"lead_image__{field}" for field in LEAD_IMAGE),
)

# Built once, and giving rows, not models: programs read feeds all day, and naming the fields takes
# longer than reading them. Of which posts they are is said later.
POSTS = Post.objects.annotate(
    site_touched_at=Subquery(Post.objects.order_by("-touched_at").values("touched_at")[:1]),
    noted_at=Subquery(noted(CHANGES_OF_POSTS)),
).values_list(*SHOWN, "site_touched_at", "noted_at", named=True)


@cache
def _bylines(posts: int) -> Prepared[Any]:
    """Return the query for the bylines of so many posts."""
    keys = places("posts", BigAutoField(), posts)
    return Prepared(
        Byline.objects.filter(post__pk__in=keys).values_list(
            *("post_id", "author_id", "role", "author__name", "author__slug", "author__portrait")
        )
    )


@cache
def _given_tags(posts: int) -> Prepared[Any]:
    """Return the query for the tags of so many posts."""
    keys = places("posts", BigAutoField(), posts)
    return Prepared(
        TaggedPost.objects.filter(content_object__pk__in=keys)
        .order_by("pk")
        .values_list("content_object_id", "tag_id", "tag__slug", "tag__name")
    )


class Names(NamedTuple):
    """The people and the tags of one post."""

    authors: list[Person]
    contributors: list[Person]
    tags: list[Term]


def entries_of(rows: Sequence[Any], *, site_url: str) -> tuple[list[Entry], set[str]]:
    """Return the entries of rows of `POSTS`, and the names of what they show (`blog.shown`).

    `site_url` is scheme and host, without a slash.
    """
    keys = [row.pk for row in rows]
    shown = {name for row in rows for name in _shown(row)}
    people, tags = _people(keys, site_url, shown), _tags(keys, shown)
    entries = [_entry(row, site_url, _names(people[row.pk], tags[row.pk])) for row in rows]
    return entries, shown


def _shown(row: Any) -> Iterator[str]:
    yield named(Post, row.pk)
    if row.category__path:
        yield named(Category, row.category__path)
    if row.lead_image_id:
        yield named(Image, row.lead_image_id)


def _entry(row: Any, site_url: str, names: Names) -> Entry:
    url = site_url + permalink(row.address)
    image = _lead_image(row)
    return Entry(
        uid=row.uid.urn,
        url=url,
        title=row.title,
        html=absolute(_figure(image) + _text(row, url), url),
        published=row.published_at,
        updated=max(row.published_at, row.updated_at),
        language=row.language,
        authors=names.authors,
        contributors=names.contributors,
        summary=row.summary or first_words(row.body_text),
        terms=_terms(row, names.tags),
        picture=_picture(image, site_url),
    )


def _text(row: Any, url: str) -> str:
    """Return as much of a post's text as the owner has feeds hold."""
    if site.feed_text == Text.WHOLE:
        return str(row.body_html)
    if not row.has_more:
        return str(row.excerpt_html)
    with override(interface_language(row.language)):
        label = row.more_label or gettext("Read on")
    return row.excerpt_html + format_html('<p><a href="{}">{}</a></p>', url, label)


def _terms(row: Any, tags: list[Term]) -> list[Term]:
    """Return the category and the tags, without a tag that has the category's name."""
    if not row.category__path:
        return tags
    category = Term(row.category__path, row.category__name)
    return [category, *(tag for tag in tags if tag.name != category.name)]


def _names(people: list[tuple[str, Person]], tags: list[Term]) -> Names:
    """Sort people into authors and contributors. Without an author all are: Atom requires one."""
    authors = [person for role, person in people if role == Byline.Role.AUTHOR]
    others = [person for role, person in people if role != Byline.Role.AUTHOR]
    return Names(authors or others, others if authors else [], tags)


def _people(
    keys: Sequence[int], site_url: str, shown: set[str]
) -> dict[int, list[tuple[str, Person]]]:
    """Return (role, person) of each byline in order, by the key of its post."""
    person = cache(partial(_person, site_url))
    by_post: dict[int, list[tuple[str, Person]]] = defaultdict(list)
    for post, pk, role, *author in _bylines(site.feed_items).all(posts=keys):
        by_post[post].append((role, person(*author)))
        shown.add(named(Author, pk))
    return by_post


def _person(site_url: str, name: str, slug: str, portrait: str) -> Person:
    picture = joined(site_url, Author(portrait=portrait).portrait.url) if portrait else ""
    return Person(name, site_url + author_url(slug), picture)


def _tags(keys: Sequence[int], shown: set[str]) -> dict[int, list[Term]]:
    by_post: dict[int, list[Term]] = defaultdict(list)
    for post, pk, slug, name in _given_tags(site.feed_items).all(posts=keys):
        by_post[post].append(Term(slug, name))
        shown.add(named(Tag, pk))
    return by_post


def _lead_image(row: Any) -> Image | None:
    if not row.lead_image__file:
        return None
    return Image(**{field: getattr(row, f"lead_image__{field}") for field in LEAD_IMAGE})


def _figure(image: Image | None) -> str:
    """Return the lead image with its credit as HTML: few feed readers show one beside the text."""
    if image is None:
        return ""
    words = (
        format_html("{}", image.caption),
        _linked(image.credit, image.credit_url),
        _linked(image.licence_notice, image.licence_url),
    )
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}"><figcaption>{}</figcaption></figure>',
        image.usual_url,
        image.width,
        image.height,
        image.alt,
        mark_safe(" · ".join(filter(None, words))),  # noqa: S308 - each part is escaped
    )


def _linked(words: str, address: str) -> str:
    return format_html('<a href="{}">{}</a>' if address else "{1}", address, words)


def _picture(image: Image | None, site_url: str) -> Picture | None:
    if image is None:
        return None
    content_type, _encoding = mimetypes.guess_type(image.url, strict=False)
    return Picture(
        url=joined(site_url, image.url),
        content_type=content_type or "image/jpeg",
        width=image.width,
        height=image.height,
        credit=image.credit,
        licence=image.licence_notice,
        licence_url=image.licence_url,
    )
