"""Where a post belongs: a category tree, tags, and ordered series."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

SLUG_LENGTH = 100
DEEPEST_CATEGORY = 4


class BySlug(models.Manager[Any]):
    """A manager whose natural key is the slug."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class ByPath(models.Manager["Category"]):
    """A manager whose natural key is the path."""

    def get_by_natural_key(self, path: str) -> Category:
        return self.get(path=path)


class Category(models.Model):
    """A branch of a shallow tree. `path` ("news/local") is derived from the slugs above it."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("within"),
    )
    name = models.CharField(_("name"), max_length=SLUG_LENGTH)
    slug = models.CharField(_("slug"), max_length=SLUG_LENGTH, validators=[validate_unicode_slug])
    path = models.CharField(max_length=SLUG_LENGTH * DEEPEST_CATEGORY, unique=True, editable=False)
    description = models.TextField(_("description"), blank=True)

    objects = ByPath()

    class Meta:
        ordering = ["path"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.path,)

    def get_absolute_url(self) -> str:
        return category_url(self.path)

    @property
    def depth(self) -> int:
        """How many categories stand above this one."""
        return self.path.count("/")

    def clean(self) -> None:
        self._refuse_loop()
        if self.parent and self.slug == "feed":
            raise ValidationError({"slug": _("This is where the feed of the category above is.")})
        self.path = self._derived_path()
        if self.depth >= DEEPEST_CATEGORY:
            raise ValidationError({"parent": _("The tree may be four categories deep at most.")})
        if Category.objects.filter(path=self.path).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("There is a category of this slug here already.")})

    def _refuse_loop(self) -> None:
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A category cannot stand within itself.")})
            above = above.parent

    def _derived_path(self) -> str:
        return f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = self._derived_path()
        super().save(*args, **kwargs)
        for child in self.children.all():
            child.parent = self
            child.save()


class Series(models.Model):
    """Posts that belong together in an order."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.CharField(
        _("slug"), max_length=SLUG_LENGTH, unique=True, validators=[validate_unicode_slug]
    )
    description = models.TextField(_("description"), blank=True)

    objects = BySlug()

    class Meta:
        ordering = ["title"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("blog:series", args=[self.slug])


class Tag(TagBase):
    """A keyword. Its slug is its identity: "Zürich" and "ZÜRICH" are one tag."""

    objects = BySlug()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return tag_url(self.slug)

    def slugify(self, tag: str, i: int | None = None) -> str:
        base = slugify(tag, allow_unicode=True) or "tag"
        return base if i is None else f"{base}-{i}"


class TaggedPost(ItemBase):
    content_object = models.ForeignKey("blog.Post", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")

    natural_key_fields = ("content_object", "tag")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="post_tagged_once")
        ]
        verbose_name = _("tag of a post")
        verbose_name_plural = _("tags of posts")


@lru_cache(maxsize=1000)
def category_url(path: str) -> str:
    return reverse("blog:category", args=[path])


@lru_cache(maxsize=1000)
def tag_url(slug: str) -> str:
    return reverse("blog:tag", args=[slug])
