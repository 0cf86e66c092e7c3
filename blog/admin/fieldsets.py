"""The groups of fields on the page of a post, in the order in which an author fills them in.

Fields that other apps add (`blog.admin.parts`) come before the last group.
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
