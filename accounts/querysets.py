from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Author


class AuthorQuerySet(models.QuerySet["Author"]):
    def get_by_natural_key(self, slug: str) -> Author:
        return self.get(slug=slug)
