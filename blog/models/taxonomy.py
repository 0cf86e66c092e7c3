"""The category tree, tags, and series."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from accounts.fields import UnicodeSlugField
from accounts.names import validate_visible
from accounts.slugs import free_slug
from folding import IGNORABLE
from web.collation import SortKeyField

SLUG_LENGTH = 100
DEEPEST_CATEGORY = 4
LONGEST_PATH = SLUG_LENGTH * DEEPEST_CATEGORY + DEEPEST_CATEGORY - 1  # with the slashes between
LONGEST_FOLDED = 300
SLUG_HELP = _("The part of the page's address that names it; made from the name if empty.")


class BySlug(models.Manager[Any]):
    """A manager whose natural key is the slug."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class ByPath(models.Manager["Category"]):
    """A manager whose natural key is the path."""

    def get_by_natural_key(self, path: str) -> Category:
        return self.get(path=path)

    def below(self, category: Category) -> models.QuerySet[Category]:
        """Return every category within this one, at any depth."""
        return self.filter(path__startswith=f"{category.path}/")


class Category(models.Model):
    """A category in a shallow tree. `path` ("news/local") has the slugs down to its own."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("within"),
    )
    name = models.CharField(_("name"), max_length=SLUG_LENGTH, validators=[validate_visible])
    slug = UnicodeSlugField(_("slug"), max_length=SLUG_LENGTH, blank=True, help_text=SLUG_HELP)
    path = models.CharField(max_length=LONGEST_PATH, unique=True, editable=False)
    sort_key = SortKeyField(of="name", below="parent")
    description = models.TextField(_("description"), blank=True)

    objects = ByPath()

    class Meta:
        ordering = ["sort_key", "pk"]
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
        """How many categories are above this one."""
        return self.path.count("/")

    def clean(self) -> None:
        self._refuse_loop()
        is_typed = bool(self.slug)
        self._find_place()
        if self.parent and self.slug == "feed":
            raise ValidationError({"slug": _("This is where the feed of the category above is.")})
        self._refuse_deeper_tree()
        if is_typed and Category.objects.filter(path=self.path).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("There is a category of this slug here already.")})

    def _refuse_loop(self) -> None:
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A category cannot stand within itself.")})
            above = above.parent

    def _refuse_deeper_tree(self) -> None:
        """Refuse a tree too deep or a path too long, unless it was stored so and gets no worse."""
        stored = Category.objects.filter(pk=self.pk).first()
        below = list(Category.objects.below(stored)) if stored else []
        sinks = self.depth - stored.depth if stored else 0
        grows = len(self.path) - len(stored.path) if stored else 0
        lowest = max([stored or self, *below], key=lambda one: one.depth)
        longest = max(len(one.path) for one in [stored or self, *below])
        if lowest.depth + sinks >= DEEPEST_CATEGORY and (sinks > 0 or not stored):
            raise ValidationError({"parent": self._too_deep(lowest)})
        if longest + grows > LONGEST_PATH and (grows > 0 or not stored):
            raise ValidationError({"slug": _("The address would become too long.")})

    def _too_deep(self, lowest: Category) -> str:
        if lowest.pk == self.pk:
            return gettext("The tree may be four categories deep at most.")
        return gettext(
            "The tree may be four categories deep at most, and “%(name)s” would stand deeper."
        ) % {"name": lowest.name}

    def _find_place(self) -> None:
        self.slug = self.slug or self._free_slug()
        self.path = f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    def _free_slug(self) -> str:
        others = Category.objects.filter(parent=self.parent).exclude(pk=self.pk)
        return free_slug(self.name, among=others, longest=SLUG_LENGTH, otherwise="category")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self._find_place()
        super().save(*args, **kwargs)
        for child in self.children.all():
            child.parent = self
            child.save()


class Series(models.Model):
    """Posts that belong together in an order."""

    title = models.CharField(_("title"), max_length=200, validators=[validate_visible])
    slug = UnicodeSlugField(
        _("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, help_text=SLUG_HELP
    )
    sort_key = SortKeyField(of="title")
    description = models.TextField(_("description"), blank=True)

    objects = BySlug()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("blog:series", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        others = Series.objects.exclude(pk=self.pk)
        return free_slug(self.title, among=others, longest=SLUG_LENGTH, otherwise="series")


class Tag(TagBase):
    """A keyword. Names that differ only in capitals are one tag ("Zürich", "ZÜRICH").

    "C" and "C++" are two tags.
    """

    name = models.CharField(
        _("name"), max_length=SLUG_LENGTH, unique=True, validators=[validate_visible]
    )
    slug = UnicodeSlugField(
        _("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, help_text=SLUG_HELP
    )
    folded = models.CharField(max_length=LONGEST_FOLDED, db_index=True, editable=False, default="")
    sort_key = SortKeyField(of="name")

    objects = BySlug()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return tag_url(self.slug)

    def clean(self) -> None:
        namesakes = Tag.objects.filter(folded=folded_name(self.name)).exclude(pk=self.pk)
        if namesakes.exists():
            raise ValidationError({"name": _("There is a tag of this name already.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        others = Tag.objects.exclude(pk=self.pk)
        return free_slug(self.name, among=others, longest=SLUG_LENGTH, otherwise="tag")


class TaggedPost(ItemBase):
    content_object = models.ForeignKey("blog.Post", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")

    natural_key_fields = ("content_object", "tag")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="post_tagged_once")
        ]
        indexes = [models.Index(fields=["tag", "-content_object"], name="newest_tagged_first")]
        verbose_name = _("tag of a post")
        verbose_name_plural = _("tags of posts")


def folded_name(name: str) -> str:
    """Return a tag's name for comparison: no capitals, extra spaces, width or invisible signs."""
    visible = unicodedata.normalize("NFKC", IGNORABLE.sub("", name))
    return " ".join(visible.lower().split())[:LONGEST_FOLDED]


@lru_cache(maxsize=1000)
def category_url(path: str) -> str:
    return reverse("blog:category", args=[path])


@lru_cache(maxsize=1000)
def tag_url(slug: str) -> str:
    return reverse("blog:tag", args=[slug])
