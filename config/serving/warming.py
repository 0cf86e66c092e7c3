"""What the first page would load otherwise, in each process again."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation


def warm() -> None:
    """Load views, templates and translations."""
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            reverse("blog:home")
            translation.gettext("")
    folder = settings.BASE_DIR / "templates"
    for path in folder.rglob("*"):
        if path.is_file():
            get_template(str(path.relative_to(folder)))
