"""Turns posts into the entries of a list, complete, so that templates compute nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypedDict

from django.db.models import BigAutoField
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from accounts.models import Author, author_url
from blog.models import Byline, Category, Post
from blog.models.post import permalink
from blog.models.taxonomy import category_url
from blog.shown import replies_to
from feeds.absolute import absolute
from markup import without_ids
from site_settings.choices import Text
from site_settings.reading import site
from web import dates
from web.prepared import Prepared, places
from web.shown import named

# Built once and only filtered later, and giving rows, not models: naming the fields takes longer
# than reading them. The app `comments` keeps the number of replies.
COLUMNS = (
    *("pk", "title", "language", "summary", "address", "published_at", "conversation__reply_count"),
    *(
        "series_position",
        "excerpt_html",
        "has_more",
        "more_label",
        "lead_image_id",
        "category__name",
        "category__path",
    ),
)
POSTS = Post.objects.values_list(*COLUMNS, named=True)
WITH_TEXTS = Post.objects.values_list(*COLUMNS, "body_html", named=True)


@cache
def _bylines(posts: int) -> Prepared[Any]:
    """Return the query for the bylines of so many posts."""
    keys = places("posts", BigAutoField(), posts)
    return Prepared(
        Byline.objects.filter(post__pk__in=keys).values_list(
            "post_id", "author_id", "role", "author__name", "author__slug"
        )
    )


def posts_for_lists() -> Any:
    """Return the rows of which lists show what the owner has set: with their whole texts, or not."""
    return WITH_TEXTS if site.list_text == Text.WHOLE else POSTS


class Person(TypedDict):
    """One name in a list of names. `before` is the text before the name; `role` may be ""."""

    before: str
    url: str
    name: str
    role: str


class Entry(TypedDict):
    """One post in a list: a dictionary, because templates read dictionaries fastest.

    `shown` are the names of what the entry shows (`blog.shown`).
    """

    url: str
    title: str
    language: str
    summary: str
    whole: SafeString
    excerpt: SafeString
    has_more: bool
    more_label: str
    published_at: datetime
    moment: str
    day: str
    replies: str
    category: str
    category_url: str
    people: list[Person]
    lead_image: int | None
    shown: list[str]


def entries_of(rows: Sequence[Any]) -> list[Entry]:
    """Return the entries of rows of `POSTS`. One query."""
    bylines: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    authors: dict[int, list[int]] = defaultdict(list)
    keys = [row.pk for row in rows]
    for post, author, role, name, slug in _bylines(site.posts_per_page).all(posts=keys):
        bylines[post].append((role, name, slug))
        authors[post].append(author)
    return [_entry(row, people(bylines[row.pk]), authors[row.pk]) for row in rows]


def people(named: Sequence[tuple[str, str, str]]) -> list[Person]:
    """Return a list of names from the (role, name, slug) of each."""
    last = len(named) - 1
    between = {0: "", last: f" {gettext('and')} "} if last else {0: ""}
    roles = Byline.Role
    return [
        {
            "before": between.get(place, ", "),
            "url": author_url(slug),
            "name": name,
            "role": "" if role == roles.AUTHOR else str(roles(role).label),
        }
        for place, (role, name, slug) in enumerate(named)
    ]


def _entry(row: Any, people: list[Person], authors: list[int]) -> Entry:
    return {
        "url": permalink(row.address),
        "title": row.title,
        "language": row.language,
        "summary": row.summary,
        "whole": _whole(row),
        "excerpt": SafeString(row.excerpt_html),
        "has_more": row.has_more,
        "more_label": row.more_label,
        "published_at": row.published_at,
        "moment": dates.iso(row.published_at),
        "day": dates.day(row.published_at),
        "replies": _replies(row.conversation__reply_count),
        "category": row.category__name or "",
        "category_url": category_url(row.category__path) if row.category__path else "",
        "people": people,
        "lead_image": row.lead_image_id,
        "shown": [
            named(Post, row.pk),
            replies_to(row.pk),
            *(named(Author, pk) for pk in authors),
            *([named(Category, row.category__path)] if row.category__path else ()),
        ],
    }


def _whole(row: Any) -> SafeString:
    """Return the post's text as it stands among others; "" if the row comes without it."""
    html = without_ids(getattr(row, "body_html", ""))
    return SafeString(absolute(html, permalink(row.address)))


def _replies(number: int | None) -> str:
    if not number:
        return ""
    return ngettext("%(n)s reply", "%(n)s replies", number) % {"n": number}
