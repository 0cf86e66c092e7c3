"""URL path converters so exact that an impossible address answers 404 without a query."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import register_converter
from django.urls.converters import StringConverter

from blog.languages import canonical_tag
from markup import SLUG

# A post's address, for URL patterns of pages below it.
POST = rf"^(?P<address>[12][0-9]{{3}}/(?:0[1-9]|1[0-2])/{SLUG})"


class Year(StringConverter):
    regex = "[12][0-9]{3}"


class Month(StringConverter):
    regex = "0[1-9]|1[0-2]"


class UnicodeSlug(StringConverter):
    regex = SLUG


class CategoryPath(StringConverter):
    regex = f"{SLUG}(?:/{SLUG})*"


class LanguageTag(StringConverter):
    regex = "[A-Za-z0-9-]{2,35}"

    def to_python(self, value: str) -> str:
        """Return the tag in its canonical form. Raises ValueError if it is not a language tag."""
        try:
            return canonical_tag(value)
        except ValidationError as error:
            raise ValueError(value) from error


def register() -> None:
    register_converter(LanguageTag, "language")
    register_converter(Year, "year")
    register_converter(Month, "month")
    register_converter(UnicodeSlug, "uslug")
    register_converter(CategoryPath, "category")
