"""Pictures in XML feeds, with their credits: Media RSS 1.5.1."""

from __future__ import annotations

from feeds.base import Picture
from feeds.xml import Attributes, optional, wrapped

NAMESPACE = "http://search.yahoo.com/mrss/"


def content(picture: Picture | None) -> str:
    """The picture without its caption, which some readers would take for the entry's summary."""
    if picture is None:
        return ""
    attributes: Attributes = {
        "url": picture.url,
        "type": picture.content_type,
        "medium": "image",
        "width": picture.width,
        "height": picture.height,
    }
    return wrapped(
        "media:content",
        optional("media:credit", picture.credit),
        optional("media:copyright", picture.licence, {"url": picture.licence_url}),
        attributes=attributes,
    )
