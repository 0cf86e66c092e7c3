"""Files that browsers and crawlers request under well-known names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from site_settings.reading import site
from web.shown import SITE, same_for_all, shows

DAY = 24 * 60 * 60
WEEK = 7 * DAY
PAPER = "#faf6ec"


@same_for_all()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return what crawlers may read (RFC 9309), and the sitemap's address."""
    shows(request, SITE)
    return _kept(render(request, "robots.txt", content_type="text/plain; charset=utf-8"))


@same_for_all()
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Return the manifest for a phone's home screen (W3C Web Application Manifest)."""
    shows(request, SITE)
    name = site.name
    icons = [
        {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    maskable = icons[1] | {"src": static("icons/icon-maskable-512.png"), "purpose": "maskable"}
    facts = {
        "name": name,
        "short_name": name,
        "lang": site.default_language,
        "id": "/",
        "start_url": "/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [*icons, maskable],
    }
    return _kept(JsonResponse(facts, content_type="application/manifest+json"))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon, for programs that read no page."""
    return _kept(HttpResponseRedirect(static("icons/favicon.ico")))


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Redirect password managers (W3C, A Well-Known URL for Changing Passwords)."""
    return redirect("account_change_password")


def _kept(response: HttpResponse) -> HttpResponse:
    # An old one does no harm while a cache in between asks for the new one (RFC 5861).
    response["Cache-Control"] = f"public, max-age={DAY}, stale-while-revalidate={WEEK}"
    return response
