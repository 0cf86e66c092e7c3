"""Querysets of images."""

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
        """Return the images without alt text that are not decorative."""
        return self.filter(alt="", decorative=False)

    def sent_by(self, user: AbstractUser, *, since: datetime) -> Self:
        """Return the user's images since then, except those that a wrong clock dated in the future."""
        now = timezone.now()
        return self.filter(uploaded_by=user, uploaded_at__range=(since, now + CLOCK_SKEW))

    def pictures_for(self, keys: Iterable[str]) -> dict[str, Picture]:
        """Return the `markup.Picture` of each key; one query, and none without keys."""
        return {image.key: image.as_picture() for image in self.filter(key__in=set(keys))}
