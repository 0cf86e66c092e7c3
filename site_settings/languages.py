"""Which of the languages that the site offers a reader gets."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import language_code_re, parse_accept_lang_header

from site_settings.reading import site

LONGEST = 500  # characters of a header that are read; browsers send fewer


def language_for(accepted: str, *, chosen: str | None = None) -> str:
    """Return the language of a reader's pages.

    It is the one that was chosen, else the first that the browser asks for in the header
    Accept-Language (RFC 9110, 12.5.4), else the site's; each only if it is offered.
    """
    languages = tuple(site.languages)
    if chosen and chosen in languages:
        return chosen
    return _first_offered(accepted[:LONGEST], languages) or site.default_language


@lru_cache(maxsize=2048)
def _first_offered(accepted: str, languages: tuple[str, ...]) -> str:
    for code, _quality in parse_accept_lang_header(accepted):
        if code == "*":
            break
        if language_code_re.search(code) and (found := _variant(code)) in languages:
            return found
    return ""


def _variant(code: str) -> str:
    """Return our language for a tag: "de" for "de-at"; "" if we have none."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return ""
