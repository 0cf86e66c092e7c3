"""From posts to the entries of a feed."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from accounts.models import Author
from blog.feeds.absolute import absolute, joined
from blog.feeds.base import Entry, Person, Picture, Term
from blog.models import Byline, Post
from images.models import Image


def entries_of(posts: Iterable[Post], *, site_url: str) -> list[Entry]:
    """The entries of posts loaded by `for_feed`. `site_url` is scheme and host, without a slash."""

    @cache
    def person(author: Author) -> Person:
        portrait = joined(site_url, author.portrait.url) if author.portrait else ""
        return Person(author.name, site_url + author.get_absolute_url(), portrait)

    return [_entry(post, site_url, person) for post in posts]


def _entry(post: Post, site_url: str, person: Callable[[Author], Person]) -> Entry:
    url = site_url + post.get_absolute_url()
    authors, others = _credits(post)
    return Entry(
        uid=post.uid.urn,
        url=url,
        title=post.title,
        html=absolute(_lead(post.lead_image) + post.body_html, url),
        published=post.due_at,
        updated=post.modified_at,
        language=post.language,
        authors=[person(author) for author in authors],
        contributors=[person(author) for author in others],
        summary=post.description,
        terms=_terms(post),
        picture=_picture(post.lead_image, site_url),
    )


def _credits(post: Post) -> tuple[list[Author], list[Author]]:
    """Who wrote it and who helped. Where nobody is named as author, everybody is: Atom wants one."""
    bylines = list(post.bylines.all())
    authors = [b.author for b in bylines if b.role == Byline.Role.AUTHOR]
    if not authors:
        return [b.author for b in bylines], []
    return authors, [b.author for b in bylines if b.role != Byline.Role.AUTHOR]


def _terms(post: Post) -> list[Term]:
    category = [Term(post.category.path, post.category.name)] if post.category else []
    return category + [Term(tag.slug, tag.name) for tag in post.tags.all()]


def _lead(image: Image | None) -> str:
    """The lead picture with its credit, since few readers show a picture they find beside the text."""
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
