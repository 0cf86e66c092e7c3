"""Template tags for the metadata of pages (`blog.metadata`)."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Author
from blog import metadata
from blog.models import Post
from feeds.absolute import joined

register = template.Library()

# Only these characters can end a script element or begin another in it (HTML, 4.12.1.3).
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


@register.filter
def absolute(address: str, site_url: str) -> str:
    """Return an address of this site, or of its file storage, with scheme and host."""
    return joined(f"{site_url}/", address)


@register.simple_tag(takes_context=True)
def json_ld_of_site(context: Context) -> SafeString:
    return _json_ld(metadata.website(_site(context)))


@register.simple_tag(takes_context=True)
def json_ld_of_post(context: Context, post: Post) -> SafeString:
    site = _site(context)
    return _json_ld(metadata.blog_posting(post, site), metadata.breadcrumbs(post, site))


@register.simple_tag(takes_context=True)
def json_ld_of_author(context: Context, author: Author) -> SafeString:
    return _json_ld(metadata.profile_page(author, _site(context)))


@register.simple_tag(takes_context=True)
def alternates_of(context: Context, post: Post, translations: list[Post]) -> list[tuple[str, str]]:
    return metadata.alternates(post, translations, _site(context))


def _site(context: Context) -> metadata.Site:
    return metadata.Site(context["site_name"], context["site_url"], context["site_language"])


def _json_ld(*things: dict[str, Any]) -> SafeString:
    """Return the things as a data block, which browsers never run."""
    graph = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(graph, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
