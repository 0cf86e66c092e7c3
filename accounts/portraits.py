"""Portraits: cut to a square, cleaned, and stored under a random name, with smaller ones beside it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePath, PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from pictures import RefusedPicture, clean, smaller

logger = logging.getLogger(__name__)

SIDE = 512
# Pixels of the smaller ones: beside a text (at most 64 px) and on an author's page (160 px), on a
# screen with two dots to the pixel.
BESIDE_TEXT, ON_OWN_PAGE = 128, 320
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
    """Write a portrait and its smaller ones, and return its name.

    Raises pictures.RefusedPicture if that fails; nothing is stored then.
    """
    name = portrait_path(None, portrait.name or "")
    try:
        name = default_storage.save(name, portrait)
        store_smaller(name)
    except OSError as error:
        logger.error("A portrait cannot be written: %s", error)
        delete_files_of(name)
        raise RefusedPicture("not_kept") from error
    return name


def store_smaller(name: str) -> None:
    """Write the smaller ones of a portrait, in place of those that are there. Raises OSError."""
    with default_storage.open(name) as file:
        data = file.read()
    for side in (BESIDE_TEXT, ON_OWN_PAGE):
        small = smaller_name(name, side)
        default_storage.delete(small)
        default_storage.save(small, ContentFile(smaller(data, width=side)))


def smaller_name(name: str, side: int) -> str:
    return f"{PurePosixPath(name).with_suffix('')}-{side}.webp"


def files_of(name: str) -> list[str]:
    """Return the names of a portrait's files in the storage, its own first."""
    return [name, *(smaller_name(name, side) for side in (BESIDE_TEXT, ON_OWN_PAGE))]


def delete_files_of(name: str) -> None:
    for each in files_of(name):
        default_storage.delete(each)


def named_portraits() -> Iterator[str]:
    """Yield the name of every portrait that a row names."""
    for model in filter(is_portrayed, apps.get_models()):
        names = model._base_manager.exclude(portrait="").values_list("portrait", flat=True)
        yield from names.iterator()


def is_portrayed(model: type[models.Model]) -> bool:
    return issubclass(model, Portrayed)


def url_beside_text(name: str) -> str:
    """Return the URL of a portrait as it stands beside a text; "" without a portrait."""
    return default_storage.url(smaller_name(name, BESIDE_TEXT)) if name else ""


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

    @property
    def url_beside_text(self) -> str:
        return url_beside_text(self.portrait.name or "")

    @property
    def url_on_own_page(self) -> str:
        return default_storage.url(smaller_name(self.portrait.name or "", ON_OWN_PAGE))

    def take_portrait_away(self) -> None:
        if self.portrait:
            self.portrait = ""
            self.save(update_fields=["portrait"])


def forget_portrait(name: str | None) -> None:
    """Delete the files after the transaction commits."""
    if name:
        transaction.on_commit(partial(delete_files_of, name))
