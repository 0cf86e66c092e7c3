"""What the first page would load otherwise, in each process again."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation


def warm() -> None:
    """Load views, templates and translations."""
    resolver = get_resolver()
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
            resolver._populate()  # type: ignore[attr-defined]  # noqa: SLF001 - reverse() calls it
    folder = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            get_template(str(path.relative_to(folder)))
