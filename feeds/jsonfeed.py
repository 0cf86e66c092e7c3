"""JSON Feed 1.1 (jsonfeed.org), with full text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.feedgenerator import rfc3339_date

from feeds.base import Channel, Entry, Format, Person

VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel) -> bytes:
    feed = {
        "version": VERSION,
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.page_url,
        "feed_url": channel.self_url,
        "icon": channel.icon_url,
        "language": channel.language,
        "items": [_item(entry) for entry in channel.entries],
    }
    return json.dumps(_said(feed) | {"items": feed["items"]}, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    return _said(
        {
            "id": entry.uid,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "image": entry.picture and entry.picture.url,
            "date_published": rfc3339_date(entry.published),
            "date_modified": rfc3339_date(entry.updated),
            "authors": [_author(person) for person in entry.authors],
            "tags": [term.name for term in entry.terms],
            "language": entry.language,
        }
    )


def _author(person: Person) -> dict[str, Any]:
    return _said({"name": person.name, "url": person.url, "avatar": person.portrait})


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are not empty; the format knows no null."""
    return {name: value for name, value in fields.items() if value}


FORMAT = Format("json", "JSON Feed", "feed/json/", "application/feed+json", write)
