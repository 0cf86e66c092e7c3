"""The only way to add, change and delete images: it handles files and rows together."""

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
from web.shown import will_change

logger = logging.getLogger(__name__)


def add_image(*, data: bytes, uploaded_by: AbstractUser | None, **words: Any) -> Image:
    """Clean a picture and store it, with `words` for its fields (`name`, `alt`, `caption`, …).

    Raises pictures.RefusedPicture if the bytes are not a clean picture or cannot be written;
    nothing is stored then.
    """
    image = Image(uploaded_by=uploaded_by, **words)  # type: ignore[misc]  # whatever user model
    return keep_picture(image=image, picture=clean(data))


def keep_picture(*, image: Image, picture: CleanPicture) -> Image:
    """Write the files and the row of a new image; if either fails, nothing stays.

    Raises pictures.RefusedPicture if the files cannot be written.
    """
    store_files(image=image, picture=picture)
    return keep_image(image=image)


def store_files(*, image: Image, picture: CleanPicture) -> None:
    """Write the files of a new image, and set its fields that describe them.

    Raises pictures.RefusedPicture if the files cannot be written.
    """
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
    """Write the row of a new image. If that fails, delete its files."""
    try:
        image.save()
    except Exception:
        _remove_files(image.file_names)
        raise
    return image


@transaction.atomic
def change_image(*, image: Image) -> Image:
    """Save an image's changed words, and send `image_changed` after commit."""
    will_change()
    image.save()
    transaction.on_commit(partial(image_changed.send, sender=Image, image=image))
    return image


@transaction.atomic
def delete_images(*, images: Iterable[Image]) -> None:
    """Delete rows, and their files after commit. Raises ProtectedError if an image is in use."""
    for image in images:
        if users := uses_of(image):
            raise models.ProtectedError(f"{image} is in use", set(users))
        names = image.file_names
        image.delete()
        transaction.on_commit(partial(_remove_files, names))


def uses_of(image: Image) -> list[models.Model]:
    """Return every object that shows the image, by any relation that points to it."""
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
