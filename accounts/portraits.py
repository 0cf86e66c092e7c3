"""Portraits: cut to a square, cleaned, and stored under a random name."""

from __future__ import annotations

import logging
import secrets
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from pictures import RefusedPicture, clean

logger = logging.getLogger(__name__)

SIDE = 512
MAX_BYTES = 10 * 2**20


def portrait_path(person: models.Model | None, name: str) -> str:
    return f"portraits/{secrets.token_urlsafe(12)}{PurePath(name).suffix}"


def cut_portrait(data: bytes) -> ContentFile[bytes]:
    """Return the middle square of a picture as WebP, at most 512 pixels a side.

    Raises pictures.RefusedPicture if the data is not a clean picture.
    """
    with Image.open(
        BytesIO(clean(data, max_bytes=MAX_BYTES, widths=(), still=True).data)
    ) as picture:
        side = min(SIDE, *picture.size)
        square = ImageOps.fit(picture, (side, side), method=Image.Resampling.LANCZOS)
    buffer = BytesIO()
    square.save(buffer, "WEBP", quality=82)
    return ContentFile(buffer.getvalue(), name="portrait.webp")


def store_portrait(portrait: ContentFile[bytes]) -> str:
    """Write a portrait and return its name. Raises pictures.RefusedPicture if that fails."""
    try:
        return default_storage.save(portrait_path(None, portrait.name or ""), portrait)
    except OSError as error:
        logger.error("A portrait cannot be written: %s", error)
        raise RefusedPicture("not_kept") from error


class Portrayed(models.Model):
    """A model with an optional portrait. A file that no row names any more is deleted."""

    portrait = models.ImageField(_("portrait"), upload_to=portrait_path, blank=True, max_length=200)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        columns = kwargs.get("update_fields")
        if columns is None or "portrait" in columns:
            self._save_with_portrait(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    @transaction.atomic
    def _save_with_portrait(self, *args: Any, **kwargs: Any) -> None:
        # Locked: otherwise two that replace it at once would both delete the same file.
        kept = type(self)._base_manager.filter(pk=self.pk).select_for_update()
        former = kept.values_list("portrait", flat=True).first()
        super().save(*args, **kwargs)
        if former != self.portrait.name:
            forget_portrait(former)

    def take_portrait_away(self) -> None:
        if self.portrait:
            self.portrait = ""
            self.save(update_fields=["portrait"])


def forget_portrait(name: str | None) -> None:
    """Delete the file after the transaction commits."""
    if name:
        transaction.on_commit(partial(default_storage.delete, name))
