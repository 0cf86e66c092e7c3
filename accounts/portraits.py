"""The one picture an author has: cut to a square, cleaned, under a name that tells nothing."""

from __future__ import annotations

import secrets
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from pictures import clean

if TYPE_CHECKING:
    from accounts.models import Author

SIDE = 512


def portrait_path(author: Author, name: str) -> str:
    return f"portraits/{secrets.token_urlsafe(12)}{PurePath(name).suffix}"


def cut_portrait(data: bytes) -> ContentFile[bytes]:
    """Make the middle square of a picture, at most 512 pixels a side, as WebP.

    Raises pictures.RefusedPicture for anything that is no clean picture.
    """
    with Image.open(BytesIO(clean(data, widths=()).data)) as picture:
        side = min(SIDE, *picture.size)
        square = ImageOps.fit(picture, (side, side), method=Image.Resampling.LANCZOS)
    buffer = BytesIO()
    square.save(buffer, "WEBP", quality=82)
    return ContentFile(buffer.getvalue(), name="portrait.webp")


def forget_portrait(name: str) -> None:
    default_storage.delete(name)
