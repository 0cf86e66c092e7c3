"""Languages of posts: any tag of RFC 5646 (BCP 47), in canonical form, with names for readers.

The interface has a few languages (`settings.LANGUAGES`). What depends on a post's language uses the
nearest it has: for "de-AT" that is German where there is no Austrian German.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from site_settings.reading import site
from web.collation import sort_key

# RFC 5646, section 4.4.1.
LONGEST_TAG = 35
# Section 2.1, without tags of private use only (`PRIVATE`) and tags that were registered before
# there were rules (`GRANDFATHERED`).
TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<extended>[a-z]{3}))?(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.ASCII,
)
PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+", re.ASCII)
# Section 2.2.8: each tag with the one that the registry prefers today, or itself if there is none.
GRANDFATHERED = {
    "art-lojban": "jbo",
    "cel-gaulish": "cel-gaulish",
    "en-gb-oed": "en-GB-oxendict",
    "i-ami": "ami",
    "i-bnn": "bnn",
    "i-default": "i-default",
    "i-enochian": "i-enochian",
    "i-hak": "hak",
    "i-klingon": "tlh",
    "i-lux": "lb",
    "i-mingo": "i-mingo",
    "i-navajo": "nv",
    "i-pwn": "pwn",
    "i-tao": "tao",
    "i-tay": "tay",
    "i-tsu": "tsu",
    "no-bok": "nb",
    "no-nyn": "nn",
    "sgn-be-fr": "sfb",
    "sgn-be-nl": "vgt",
    "sgn-ch-de": "sgg",
    "zh-guoyu": "cmn",
    "zh-hakka": "hak",
    "zh-min": "zh-min",
    "zh-min-nan": "nan",
    "zh-xiang": "hsn",
}
# Registered variants that CLDR has no names for.
UNNAMED_VARIANTS = frozenset(
    "akhmimic akuapem anpezo aranes arkaika asante auvern bairisch bauddha bciav bcizbl biscayan "
    "blasl bornholm bohairic cisaup cornu creiss ekavsk fayyumic fodom fonkirsh fonnapa fonxsamp "
    "gallo gascon gherd grclass grital grmistr hanoi heploc hognorsk hsistemo huett ijekavsk itihasa "
    "ivanchov jauer jyutping kleinsch kociewie laukika leidentr lemosin lengadoc ltg1929 ltg2007 "
    "luna1918 lycopol mdcegyp mdctrans mesokem newfound nicard oxendict pahawh2 pahawh3 pahawh4 peano "
    "pehoeji petr1708 provenc puter rumgr sahidic saigon simple spanglis sursilv surmiran sutsilv "
    "synnejyl tailo tongyong tunumiit ulster vaidika valbadia valenci vallader vecdruka viennese "
    "vivaraup xsistemo".split()
)


def canonical_tag(text: str) -> str:
    """Return the tag in canonical form (sections 2.1.1 and 4.5): "pt_br" is "pt-BR", "deu" is "de".

    Raises ValidationError if the text is not a tag, or names an unregistered language of two
    letters, script, region or variant.
    """
    typed = text.strip().replace("_", "-").lower()
    preferred = GRANDFATHERED.get(typed, typed)
    if preferred != typed:
        return canonical_tag(preferred)
    if len(text) <= LONGEST_TAG and (typed in GRANDFATHERED or PRIVATE.fullmatch(typed)):
        return typed
    parts = TAG.fullmatch(typed)
    if parts is None or len(text) > LONGEST_TAG or _has_one_twice(parts["extensions"]):
        raise _refusal(text)
    language = _preferred("language_aliases", parts["extended"] or parts["language"])
    script = (parts["script"] or "").title()
    region = _preferred("territory_aliases", (parts["region"] or "").upper())
    variants = [variant for variant in parts["variants"].split("-") if variant]
    if not _are_known(language, script, region, variants):
        raise _refusal(text)
    said = (language, script, region, *variants)
    return "-".join(part for part in said if part) + parts["extensions"]


def is_tag(text: str) -> bool:
    """Return whether the text is a language tag in canonical form."""
    try:
        return canonical_tag(text) == text
    except ValidationError:
        return False


def language_name(tag: str, within: str = "") -> str:
    """Return a language's name in `within` (the active language by default); the tag if it has none."""
    return _name(tag, within or interface_language(get_language() or ""))


def own_name(tag: str) -> str:
    """Return a language's name in that language."""
    return _name(tag, tag)


def interface_language(tag: str) -> str:
    """Return the interface language that is nearest to a tag, or the site's own."""
    language = primary(tag)
    return language if language in dict(settings.LANGUAGES) else site.default_language


def site_language() -> str:
    """Return the language of a text that names none."""
    return site.default_language


def primary(tag: str) -> str:
    """Return the language without script, region and the rest: "de" of "de-AT"."""
    return tag.lower().split("-")[0]


def is_in_latin_letters(tag: str) -> bool:
    """Return whether the language is usually written in Latin letters; True if it is unknown."""
    parts = TAG.fullmatch(tag.lower())
    if parts and parts["script"]:
        return parts["script"] == "latn"
    likely = get_global("likely_subtags").get(primary(tag), "")
    return "Latn" in likely or not likely


def speaks(tag: str) -> Q:
    """Match rows in a language or its regional forms (RFC 4647, section 3.3.1: basic filtering)."""
    return Q(language=tag) | Q(language__startswith=f"{tag}-")


def by_name(tags: Iterable[str]) -> list[str]:
    """Return the tags sorted by their names in the active language."""
    return sorted(tags, key=lambda tag: sort_key(language_name(tag)))


def suggested() -> list[tuple[str, str]]:
    """Return (tag, name) of the interface's languages, then of all others with two letters."""
    first = [code for code, _name in settings.LANGUAGES]
    others = [code for code in map(str, _known().languages) if len(code) == 2 and code not in first]
    return [(tag, language_name(tag)) for tag in (*first, *by_name(others))]


@cache
def _known() -> Locale:
    """Return the English locale: in it CLDR names everything that is registered and in use."""
    return Locale("en")


@cache
def _names_in(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return _known()


def _refusal(text: str) -> ValidationError:
    message = _("“%(text)s” is no language tag. Write one such as nl, de-AT or pt-BR.")
    return ValidationError(message, code="language", params={"text": text[:LONGEST_TAG]})


def _are_known(language: str, script: str, region: str, variants: list[str]) -> bool:
    known = _known()
    return (
        (len(language) == 3 or language in known.languages)  # there are 8,000 of three letters
        and (not script or script in known.scripts)
        and (not region or region in known.territories)
        and all(one.upper() in known.variants or one in UNNAMED_VARIANTS for one in variants)
        and len(set(variants)) == len(variants)
    )


def _has_one_twice(extensions: str) -> bool:
    """Return whether two extensions have the same letter, which section 2.2.6 forbids."""
    before_private = extensions.partition("-x-")[0]
    letters = [part for part in before_private.split("-") if len(part) == 1]
    return len(set(letters)) < len(letters)


def _preferred(aliases: str, subtag: str) -> str:
    """Return the subtag that replaces this one, if there is exactly one: "en-UK" is "en-GB"."""
    known: Any = get_global(aliases)  # type: ignore[arg-type]  # one of two literals
    preferred = known.get(subtag, subtag)
    several = preferred if isinstance(preferred, list) else [preferred]
    return several[0] if len(several) == 1 and several[0].isalnum() else subtag


@lru_cache(maxsize=2000)
def _name(tag: str, within: str) -> str:
    parts = TAG.fullmatch(tag.lower())
    names = _names_in(within)
    name = names.languages.get(parts["language"]) if parts else ""
    if not parts or not name:
        return tag
    more = [
        names.scripts.get((parts["script"] or "").title()),
        names.territories.get((parts["region"] or "").upper()),
        *(names.variants.get(variant.upper(), variant) for variant in parts["variants"].split("-")),
    ]
    said = ", ".join(one for one in more if one)
    return f"{name} ({said})" if said else name
