"""A library to test with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from images.library import add_image
from images.models import Image
from tests.pictures.samples import encoded, photo

MakeImage = Callable[..., Image]


@pytest.fixture
def make_image(db: None) -> MakeImage:
    """make_image(alt="…", uploaded_by=user, **fields) -> an image in the library, 640 × 480 unless told."""

    def make(
        *, width: int = 640, height: int = 480, uploaded_by: Any = None, **fields: Any
    ) -> Image:
        fields.setdefault("alt", "A grey morning")
        return add_image(data=encoded(photo(width, height)), uploaded_by=uploaded_by, **fields)

    return make
