"""The Markdown editor of the admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms.widgets import Script
from django.urls import reverse
from markdownx.widgets import AdminMarkdownxWidget


class MarkdownEditor(AdminMarkdownxWidget):
    """A textarea to which `js/editor.js` adds a toolbar, live preview, pictures and local drafts.

    Its form must have a field `language`, and the hidden fields `uid` and `version` of the post.
    Without JavaScript it is a plain textarea.
    """

    class Media:
        extend = False
        css = {"all": ["css/editor.css"]}
        js = [Script("js/editor.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # The script replaces the zeros by a post's id, to ask whether the post was saved.
        context["saved_url"] = reverse("blog:preview", args=[UUID(int=0)])
        return context
