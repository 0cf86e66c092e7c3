"""Redirects from addresses that posts, categories, series, tags and authors had before."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Author
from blog.models.post import Post
from blog.models.taxonomy import Category, Series, Tag

Thing = Post | Category | Series | Tag | Author
KINDS: dict[str, type[Thing]] = {
    "post": Post,
    "category": Category,
    "series": Series,
    "tag": Tag,
    "author": Author,
}


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def note_move(self, thing: Thing, *, before: str) -> None:
        """Redirect the address that `thing` had before; delete a redirect from its present address."""
        self.note_known(thing, path=before)
        if not isinstance(thing, Post) or thing.is_live:
            self.filter(path=path_of(thing)).delete()

    def note_known(self, thing: Thing, *, path: str) -> None:
        """Store a redirect to `thing` from `path`, which may be its present address."""
        targets = dict.fromkeys(KINDS) | {_kind_of(thing): thing}
        self.update_or_create(path=path, defaults=targets)

    def with_targets(self) -> RedirectQuerySet:
        """Load the targets too, without their long texts."""
        texts = (
            f"{kind}__{field.name}"
            for kind, model in KINDS.items()
            for field in model._meta.concrete_fields
            if isinstance(field, models.TextField | models.JSONField)
        )
        return self.select_related(*KINDS).defer(*texts)


class Redirect(models.Model):
    """An address that something had before; it redirects to the present one (RFC 9110, 301).

    It has one target of the five kinds. The site looks for a redirect only if nothing is at the
    address, so a new owner of the address wins. A post that readers knew and that has a date in the
    future again has a redirect from its own address.
    """

    path = models.CharField(_("address"), max_length=500, unique=True)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="redirects")
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="redirects")
    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="redirects")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="redirects")
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="redirects")

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.path

    @property
    def target(self) -> Thing:
        return next(filter(None, (getattr(self, kind) for kind in KINDS)))


def path_of(thing: Thing) -> str:
    """Return the address of a thing as requests have it: unquoted."""
    return unquote(thing.get_absolute_url())


def _kind_of(thing: Any) -> str:
    return type(thing)._meta.model_name or ""
