"""The admin of images: thumbnails, a filter for missing alt text, and upload by form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from images import library
from images.forms import ImageForm, NewImageForm
from images.models import Image

WORDS = (None, {"fields": ["name", "alt", "decorative", "caption"]})
ORIGIN = (_("Origin"), {"fields": ["credit", "credit_url", "licence"]})
FOCUS = (_("Focal point"), {"fields": ["focal_x", "focal_y"], "classes": ["focal-point"]})
FACTS = (_("About this file"), {"fields": ["code", "uses", "size", "uploaded_by", "uploaded_at"]})


class AltTextFilter(admin.SimpleListFilter):
    title = _("alt text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("missing", _("Missing")),
            ("present", _("Present")),
            ("decorative", _("Decorative")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        choices: dict[str | None, Callable[[], QuerySet[Image]]] = {
            "missing": queryset.without_alt,
            "present": lambda: queryset.exclude(alt=""),
            "decorative": lambda: queryset.filter(decorative=True),
        }
        return choices.get(self.value(), queryset.all)()


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = (
        "thumbnail",
        "label",
        "alt_state",
        "credit",
        "licence",
        "uploaded_by",
        "uploaded_at",
    )
    list_display_links = ("thumbnail", "label")
    list_filter = (AltTextFilter, "licence")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    search_fields = ("name", "alt", "caption", "credit", "key")
    search_help_text = _("Name, alt text, caption, credit or key")
    date_hierarchy = "uploaded_at"
    form = ImageForm
    readonly_fields = ("preview", "code", "uses", "size", "uploaded_by", "uploaded_at")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    class Media:
        css = {"all": ["css/images.css"]}

    # --- what is shown ---

    @admin.display(description=_("image"))
    def thumbnail(self, image: Image) -> SafeString:
        return _img(image, image.thumbnail_url, "image-thumbnail")

    @admin.display(description=_("image"))
    def preview(self, image: Image) -> SafeString:
        return _img(image, image.usual_url, "image-preview")

    @admin.display(description=_("name"), ordering="name")
    def label(self, image: Image) -> str:
        return image.name or image.alt or image.key

    @admin.display(description=_("alt text"), ordering="alt")
    def alt_state(self, image: Image) -> Any:
        if image.needs_alt:
            return format_html('<strong class="missing">{}</strong>', _("Missing"))
        return image.alt or _("Decorative")

    @admin.display(description=_("to write in a text"))
    def code(self, image: Image) -> SafeString:
        return format_html("<code>{}</code>", image.markdown)

    @admin.display(description=_("shown by"))
    def uses(self, image: Image) -> str:
        return ", ".join(str(user) for user in library.uses_of(image)) or str(_("nothing yet"))

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    # --- the form ---

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = NewImageForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["picture"]}), WORDS, ORIGIN]
        return [(None, {"fields": ["preview"]}), WORDS, ORIGIN, FOCUS, FACTS]

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            library.change_image(image=obj)
            return
        obj.uploaded_by = request.user  # type: ignore[assignment]  # signed in
        library.keep_image(image=obj)

    # --- who may do what ---

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.may_be_changed_by(cast(AbstractUser, request.user)))

    # --- deleting ---

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what Django's does; the objects that show an image protect it."""
        found, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        users = [str(user) for image in objs for user in library.uses_of(image)]
        return found, counts, perms_needed, list(dict.fromkeys([*protected, *users]))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        library.delete_images(images=[obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> None:
        library.delete_images(images=queryset)


def _img(image: Image, url: str, kind: str) -> SafeString:
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        kind,
        url,
        image.width,
        image.height,
        str(image),
    )
