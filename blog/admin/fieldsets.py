"""What stands together on the page on which one writes, in the order of the work.

What other apps add (`blog.admin.parts`) stands before the last.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDSETS: Any = (
    (None, {"fields": ("title", "body", "summary", "lead_image", "version", "uid")}),
    (
        _("Where and when"),
        {"fields": ("category", "tags", ("series", "series_position"), "published_at")},
    ),
    (
        _("More"),
        {
            "fields": ("language", "slug", "translation_of", "canonical_url"),
            "classes": ("collapse",),
        },
    ),
)
