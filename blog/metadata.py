"""The metadata of pages for programs, in the vocabulary of schema.org (JSON-LD 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, NamedTuple

from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Author
from blog.models import Byline, Post
from feeds.absolute import joined
from images.models import Image
from markup import count_words
from web import dates

# Characters; search engines cut a longer headline.
LONGEST_HEADLINE = 110
CREDITS = {
    Byline.Role.AUTHOR: "author",
    Byline.Role.TRANSLATOR: "translator",
    Byline.Role.EDITOR: "editor",
    Byline.Role.PHOTOGRAPHER: "contributor",
}
Thing = dict[str, Any]


class Site(NamedTuple):
    """The site as one request sees it. `url` is scheme and host, without a slash."""

    name: str
    url: str
    language: str

    def absolute(self, address: str) -> str:
        return joined(f"{self.url}/", address)


def website(site: Site) -> Thing:
    return {
        "@type": "WebSite",
        "@id": f"{site.url}/#site",
        "name": site.name,
        "url": f"{site.url}/",
        "inLanguage": site.language,
        "publisher": organization(site),
    }


def organization(site: Site) -> Thing:
    logo = site.absolute(static("icons/icon-512.png"))
    return {
        "@type": "Organization",
        "name": site.name,
        "url": f"{site.url}/",
        "logo": {"@type": "ImageObject", "url": logo, "width": 512, "height": 512},
    }


def blog_posting(post: Post, site: Site) -> Thing:
    """Return the BlogPosting of a post that `for_page` loaded."""
    address = site.absolute(post.get_absolute_url())
    return _said(
        {
            "@type": "BlogPosting",
            "@id": f"{address}#post",
            "mainEntityOfPage": {"@type": "WebPage", "@id": post.canonical_url or address},
            "url": address,
            "headline": Truncator(post.title).chars(LONGEST_HEADLINE),
            "description": post.description,
            "datePublished": dates.iso(post.due_at),
            "dateModified": dates.iso(post.modified_at),
            "inLanguage": post.language,
            "image": picture(post.lead_image, site) if post.lead_image else share_picture(site),
            "articleSection": post.category and post.category.name,
            "keywords": [tag.name for tag in post.tags.all()],
            "wordCount": count_words(post.body_text),
            "timeRequired": f"PT{post.reading_minutes}M",
            "commentCount": post.comment_count,
            "isPartOf": {"@id": f"{site.url}/#site"},
            "publisher": organization(site),
        }
        | _credits(post, site)
    )


def breadcrumbs(post: Post, site: Site) -> Thing:
    """Return the BreadcrumbList from the front page through the category to the post."""
    trail = [(_("Home"), f"{site.url}/")]
    if post.category:
        trail.append((post.category.name, site.absolute(post.category.get_absolute_url())))
    trail.append((post.title, site.absolute(post.get_absolute_url())))
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def profile_page(author: Author, site: Site) -> Thing:
    """Return the ProfilePage of a byline, with the same person's addresses elsewhere."""
    elsewhere = [author.website, *(link.url for link in author.links.all())]
    about = plain_text(author.biography_html)
    known = {"description": about, "sameAs": [address for address in elsewhere if address]}
    return {
        "@type": "ProfilePage",
        "url": site.absolute(author.get_absolute_url()),
        "mainEntity": person(author, site) | _said(known),
    }


def person(author: Author, site: Site) -> Thing:
    portrait = site.absolute(author.portrait.url) if author.portrait else ""
    url = site.absolute(author.get_absolute_url())
    return _said({"@type": "Person", "name": author.name, "url": url, "image": portrait})


def picture(image: Image, site: Site) -> Thing:
    url = site.absolute(image.url)
    return _said(
        {
            "@type": "ImageObject",
            "url": url,
            "contentUrl": url,
            "width": image.width,
            "height": image.height,
            "caption": image.caption or image.alt,
            "creditText": image.credit,
            "copyrightNotice": image.licence_notice,
            "license": image.licence_url,
        }
    )


def share_picture(site: Site) -> Thing:
    """Return the site's own image, for a post without a lead image."""
    url = site.absolute(static("icons/share.png"))
    return {"@type": "ImageObject", "url": url, "width": 1200, "height": 630}


def alternates(post: Post, translations: Iterable[Post], site: Site) -> list[tuple[str, str]]:
    """Return (hreflang, address) of a post and its translations, the same on each of their pages.

    Empty if there are none. The original is also "x-default", for readers of any other language.
    """
    original = post.translation_of_id or post.pk
    family = sorted([post, *translations], key=lambda one: (one.pk != original, one.pk))
    if len(family) < 2:
        return []
    by_language: dict[str, str] = {}
    for one in family:
        by_language.setdefault(one.language, site.absolute(one.get_absolute_url()))
    return [*by_language.items(), ("x-default", next(iter(by_language.values())))]


def plain_text(html: str) -> str:
    """Return the text of HTML that we made, in one line."""
    return " ".join(unescape(strip_tags(html)).split())


def _credits(post: Post, site: Site) -> Thing:
    """Return a post's people by the property of their role; without an author, all are authors."""
    named: Thing = {}
    for byline in post.bylines.all():
        kind = CREDITS[Byline.Role(byline.role)]
        named.setdefault(kind, []).append(person(byline.author, site))
    everybody = [one for some in named.values() for one in some]
    return named if "author" in named else {"author": everybody}


def _said(fields: Mapping[str, Any]) -> Thing:
    """Return the fields that are not empty; 0 is a value."""
    return {name: value for name, value in fields.items() if value or value == 0}
