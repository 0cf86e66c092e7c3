"""Whether a request came by https, before there is a request object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def is_https(environ: Mapping[str, Any]) -> bool:
    """Return whether the environment (PEP 3333) is that of a request by https.

    The header of a proxy counts if the site stands behind one, and its first word if several do.
    """
    name, wanted = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    said = environ.get(name, "").split(",")[0].strip()
    return bool(said == wanted) if said else bool(environ["wsgi.url_scheme"] == "https")
