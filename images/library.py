"""The one door to the library: adding, changing and deleting images, files and rows together."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from images.models import Image
from images.signals import image_changed
from pictures import CleanPicture, RefusedPicture, clean

logger = logging.getLogger(__name__)


def add_image(*, data: bytes, uploaded_by: AbstractUser | None, **words: Any) -> Image:
    """Clean a picture and keep it, with `words` for its fields (`name`, `alt`, `caption`, …).

    Raises pictures.RefusedPicture for bytes that are no clean picture, or that the disk does not take;
    nothing is kept then.
    """
    image = Image(uploaded_by=uploaded_by, **words)  # type: ignore[misc]  # whatever user model
    return keep_picture(image=image, picture=clean(data))


def keep_picture(*, image: Image, picture: CleanPicture) -> Image:
    """Write the files and the row of a new image; nothing of it stays where either cannot be kept.

    Raises pictures.RefusedPicture where the files cannot be written.
    """
    store_files(image=image, picture=picture)
    return keep_image(image=image)


def store_files(*, image: Image, picture: CleanPicture) -> None:
    """Write the files of a new image, and note in it which they are."""
    image.width, image.height = picture.width, picture.height
    image.colour = picture.colour
    image.renditions = [width for width, _data in picture.renditions]
    image.file.name = f"images/{image.uploaded_at:%Y}/{image.key}.{picture.extension}"
    try:
        _write_files(image, picture)
    except OSError as error:
        logger.error("A picture cannot be written: %s", error)
        _remove_files(image.file_names)
        raise RefusedPicture("not_kept") from error


@transaction.atomic
def keep_image(*, image: Image) -> Image:
    """Write the row of a new image. Where it cannot be kept, no file stays."""
    try:
        image.save()
    except Exception:
        _remove_files(image.file_names)
        raise
    return image


@transaction.atomic
def change_image(*, image: Image) -> Image:
    """Save what was changed of an image's words, and tell."""
    image.save()
    transaction.on_commit(partial(image_changed.send, sender=Image, image=image))
    return image


@transaction.atomic
def delete_images(*, images: Iterable[Image]) -> None:
    """Delete rows, and their files once that is certain. Raises ProtectedError if one is in use."""
    for image in images:
        if users := uses_of(image):
            raise models.ProtectedError(f"{image} is in use", set(users))
        names = image.file_names
        image.delete()
        transaction.on_commit(partial(_remove_files, names))


def uses_of(image: Image) -> list[models.Model]:
    """Everything that shows the image, by any relation that points to it."""
    pointing = [
        relation.field
        for relation in Image._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and not relation.related_model._meta.auto_created
    ]
    users = {
        user: None
        for field in pointing
        for user in field.model._default_manager.filter(**{field.name: image})
    }
    return list(users)


def _write_files(image: Image, picture: CleanPicture) -> None:
    contents = [picture.data, *(data for _width, data in picture.renditions)]
    for name, data in zip(image.file_names, contents, strict=True):
        default_storage.save(name, ContentFile(data, name=PurePosixPath(name).name))


def _remove_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
