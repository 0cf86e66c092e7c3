"""Uploaded files, where no other server stands in front to serve them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

LONGEST_NAME = 255  # bytes; no file system keeps a longer one
YEAR = 365 * 24 * 60 * 60


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send one file; its name is never used again for another, so browsers may keep it."""
    if any(len(part.encode()) > LONGEST_NAME for part in path.split("/")):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if response.status_code == 200:
        response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
