"""The images of the library, with their words."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from images.licences import Licence
from images.querysets import ImageQuerySet
from markup import Picture

# Pages show a rendition of about this width (pixels) if the browser does not choose.
USUAL_WIDTH = 960
SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


def new_key() -> str:
    """Return 96 random bits as 16 characters that are safe in URLs and in Markdown."""
    return secrets.token_urlsafe(12)


class Image(models.Model):
    """A picture, its files and its words. `images.library` makes it."""

    key = models.CharField(_("key"), max_length=16, unique=True, default=new_key, editable=False)
    file = models.FileField(_("file"), max_length=120, editable=False)
    name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("To find the image by. Readers do not see it."),
    )
    alt = models.CharField(
        _("alt text"),
        max_length=500,
        blank=True,
        help_text=_("What the image shows, for readers who cannot see it."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not tell, and needs no alt text."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it."))
    credit_url = models.URLField(_("link of the credit"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    focal_x = models.FloatField(
        _("focal point from the left"),
        default=0.5,
        validators=SHARE,
        help_text=_("Between 0 and 1. What stays in view when the image is cropped."),
    )
    focal_y = models.FloatField(
        _("focal point from the top"),
        default=0.5,
        validators=SHARE,
        help_text=_("Between 0 and 1."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    renditions = models.JSONField(_("widths of the renditions"), default=list, editable=False)
    colour = models.CharField(_("main colour"), max_length=7, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        db_index=False,  # the index below begins with it
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["uploaded_by", "uploaded_at"], name="image_sent_by")]
        permissions = [("change_any_image", _("Can change the images of others"))]
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.alt or self.caption or self.name or self.key

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    def may_be_changed_by(self, user: AbstractUser) -> bool:
        """Return whether the user may change it: their own image, or any with `change_any_image`."""
        return self.uploaded_by_id == user.pk or user.has_perm("images.change_any_image")

    @property
    def url(self) -> str:
        """The URL of the full picture."""
        return self.file.url

    @property
    def srcset(self) -> str:
        """All renditions and the full picture, for the `srcset` of an `img`; "" without renditions."""
        if not self.renditions:
            return ""
        sizes = [(self.rendition_url(width), width) for width in self.renditions]
        return ", ".join(f"{url} {width}w" for url, width in [*sizes, (self.url, self.width)])

    @property
    def usual_url(self) -> str:
        """The URL of the rendition for browsers and feed readers that do not choose one."""
        fitting = [width for width in self.renditions if width <= USUAL_WIDTH]
        return self.rendition_url(max(fitting)) if fitting else self.url

    @property
    def thumbnail_url(self) -> str:
        return self.rendition_url(min(self.renditions)) if self.renditions else self.url

    @property
    def focus(self) -> str:
        """CSS classes that keep the focal point, to a tenth, in view when the image is cropped."""
        return f"focus-x{round(10 * self.focal_x)} focus-y{round(10 * self.focal_y)}"

    @property
    def licence_notice(self) -> str:
        return Licence(self.licence).notice if self.licence else ""

    @property
    def licence_url(self) -> str:
        return Licence(self.licence).url if self.licence else ""

    @property
    def needs_alt(self) -> bool:
        return not self.alt and not self.decorative

    @property
    def markdown(self) -> str:
        """The Markdown that shows the image, with the library's alt text unless the author adds one."""
        return f"![](image:{self.key})"

    @property
    def file_names(self) -> list[str]:
        """The names of all the image's files in the storage."""
        return [str(self.file.name), *(self.rendition_name(width) for width in self.renditions)]

    def rendition_name(self, width: int) -> str:
        return f"{PurePosixPath(str(self.file.name)).with_suffix('')}-{width}.webp"

    def rendition_url(self, width: int) -> str:
        return default_storage.url(self.rendition_name(width))

    def as_picture(self) -> Picture:
        """Return the `markup.Picture` of the image, with the licence in the active language."""
        return Picture(
            key=self.key,
            src=self.usual_url,
            width=self.width,
            height=self.height,
            srcset=self.srcset,
            alt=self.alt,
            decorative=self.decorative,
            caption=self.caption,
            credit=self.credit,
            credit_url=self.credit_url,
            licence=self.licence_notice,
            licence_url=self.licence_url,
            full_src=self.url,
        )
