from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Author, User


class AuthorQuerySet(models.QuerySet["Author"]):
    def get_by_natural_key(self, slug: str) -> Author:
        return self.get(slug=slug)

    def for_page(self) -> Self:
        """With what an author's own page shows besides the posts: one query more, whatever the number."""
        return self.prefetch_related("links")

    def editable_by(self, user: User) -> Self:
        """Every byline for those who edit bylines of others, else only one's own."""
        if user.has_perm("accounts.change_any_author"):
            return self
        return self.filter(user=user)
