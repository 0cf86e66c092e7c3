"""The questions asked of the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from background.clock import CLOCK_SKEW
from markup import Picture

if TYPE_CHECKING:
    from images.models import Image


class ImageQuerySet(models.QuerySet["Image"]):
    def get_by_natural_key(self, key: str) -> Image:
        return self.get(key=key)

    def without_alt(self) -> Self:
        """What a reader who cannot see gets nothing of, though it is not mere decoration."""
        return self.filter(alt="", decorative=False)

    def sent_by(self, user: AbstractUser, *, since: datetime) -> Self:
        """Since then and until now: what a clock that was ahead dated later does not count."""
        now = timezone.now()
        return self.filter(uploaded_by=user, uploaded_at__range=(since, now + CLOCK_SKEW))

    def pictures_for(self, keys: Iterable[str]) -> dict[str, Picture]:
        """What `markup` needs to set these images, by key; one query, and none for no keys."""
        return {image.key: image.as_picture() for image in self.filter(key__in=set(keys))}
