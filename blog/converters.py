"""The parts of our addresses, so precise that impossible ones are 404 without a query."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter

from markup import SLUG


class Year(StringConverter):
    regex = "[12][0-9]{3}"


class Month(StringConverter):
    regex = "0[1-9]|1[0-2]"


class UnicodeSlug(StringConverter):
    regex = SLUG


class CategoryPath(StringConverter):
    regex = f"{SLUG}(?:/{SLUG})*"


def register() -> None:
    register_converter(Year, "year")
    register_converter(Month, "month")
    register_converter(UnicodeSlug, "uslug")
    register_converter(CategoryPath, "category")
