"""Template tags for what stands above and below every page: `{% masthead %}` and `{% footer %}`."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.encoding import escape_uri_path
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pagecache.keys import Passed, known_parameters, known_query
from site_settings.reading import site
from web.prepared_templates import PreparedTemplate

register = template.Library()
MASTHEAD = PreparedTemplate("_masthead.html")
FOOTER = PreparedTemplate("_footer.html", values=("address",))


class MastheadFor(NamedTuple):
    site_name: str
    ui_language: str | None
    is_signed_in: bool
    is_staff: bool


class FooterFor(NamedTuple):
    site_name: str
    ui_language: str | None
    languages: tuple[str, ...]


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    user = context["user"]
    reader = (user.is_authenticated, user.is_staff)
    return MASTHEAD.html(MastheadFor(site.name, get_language(), *reader))


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    address = SafeString(escape(_address(context["request"])))
    choices = FooterFor(site.name, get_language(), tuple(site.languages))
    return FOOTER.html(choices, {"address": address})


def _address(request: HttpRequest) -> str:
    """Return the address of a page, of whose query what the page knows: others get it too."""
    path, asked = escape_uri_path(request.path), request.META
    try:
        query = known_query(asked["QUERY_STRING"], known_parameters(asked["PATH_INFO"]))
    except Passed:
        return path
    return f"{path}?{query}" if query else path
