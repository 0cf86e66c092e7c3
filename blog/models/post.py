"""The post and its bylines."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField
from taggit.managers import TaggableManager

from accounts.fields import UnicodeSlugField
from accounts.models import Author
from accounts.names import validate_visible
from blog.fields import LanguageField
from blog.languages import site_language
from blog.models.querysets import PostManager
from blog.models.status import SCHEDULED, Status
from blog.models.taxonomy import SLUG_LENGTH, Category, Series, TaggedPost
from images.models import Image
from markup import is_rtl


class Post(models.Model):  # type: ignore[django-manager-missing]  # taggit's
    """One article. Everything derived from `body` is rendered once, when the post is saved.

    `updated_at` is when the authors last changed the content; `touched_at` is when anything that
    readers see of the post last changed, such as an image's credit or a byline's name.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[validate_visible])
    # Empty until readers know the address, unless an author typed one.
    slug = UnicodeSlugField(_("slug"), max_length=SLUG_LENGTH, blank=True)
    language = LanguageField(_("language"), default=site_language)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("publication date"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    lead_image = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead image"),
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("category"),
    )
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("series"),
    )
    series_position = models.PositiveSmallIntegerField(_("place in the series"), default=0)
    authors: models.ManyToManyField[Author, Byline] = models.ManyToManyField(
        Author, through="Byline", related_name="posts", verbose_name=_("authors")
    )
    tags = TaggableManager(through=TaggedPost, blank=True, verbose_name=_("tags"))
    images = models.ManyToManyField(Image, related_name="posts", editable=False)
    canonical_url = models.URLField(_("canonical URL"), blank=True)
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translated_as",
        verbose_name=_("translation of"),
    )

    # Null, not empty, for posts without an address: the column is unique.
    address = models.CharField(  # noqa: DJ001
        max_length=140, unique=True, null=True, editable=False
    )
    version = models.PositiveIntegerField(default=0)
    # What the last rendering took out of the text (`markup.Rendered`); not stored.
    taken_out: tuple[str, ...] = ()
    has_more = models.BooleanField(editable=False, default=False)
    # The author's words for the link to the rest; if empty, the site's.
    more_label = models.CharField(max_length=100, editable=False, default="")
    reading_minutes = models.PositiveSmallIntegerField(editable=False, default=0)

    # Long columns come last: SQLite reads past all columns before the one that a query asks for.
    excerpt_html = models.TextField(editable=False, default="")
    toc = models.JSONField(editable=False, default=list)
    body = MarkdownxField(_("text"), blank=True)
    body_html = models.TextField(editable=False, default="")
    body_text = models.TextField(editable=False, default="")

    objects = PostManager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="post_newest"),
            models.Index(
                fields=["category", "status", "-published_at"], name="post_newest_in_category"
            ),
        ]
        permissions = [
            ("publish_post", _("Can publish posts")),
            ("change_any_post", _("Can change the posts of others")),
        ]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    @property
    def is_rtl(self) -> bool:
        """Whether the post's language is written from right to left."""
        return is_rtl(self.language)

    def get_absolute_url(self) -> str:
        """Return the permalink; the preview address for a post that never had one."""
        if not self.address:
            return reverse("blog:preview", args=[self.uid])
        return permalink(self.address)

    @property
    def is_live(self) -> bool:
        return self.state == Status.PUBLISHED

    @property
    def is_scheduled(self) -> bool:
        return self.state == SCHEDULED

    @property
    def state(self) -> str:
        """The status as people see it: `status`, or SCHEDULED before the publication date."""
        if self.status == Status.PUBLISHED and self.due_at > timezone.now():
            return SCHEDULED
        return self.status

    @property
    def state_label(self) -> str:
        return str(_("scheduled") if self.is_scheduled else Status(self.status).label)

    @property
    def due_at(self) -> datetime:
        """When the post appears or appeared; now if it has no date."""
        return self.published_at or timezone.now()

    @property
    def modified_at(self) -> datetime:
        """When readers last saw the content change; never before the post appeared."""
        return max(self.due_at, self.updated_at)

    @property
    def comment_count(self) -> int:
        """How many replies readers see: all that the blog knows of a post's conversation.

        The conversation keeps the number, so that no reply waits for a save of the post;
        `with_conversation` reads both in one query.
        """
        conversation = getattr(self, "conversation", None)
        return conversation.reply_count if conversation else 0

    @property
    def description(self) -> str:
        """One or two sentences of plain text, for listings and search engines."""
        return self.summary or first_words(self.body_text)


@lru_cache(maxsize=10_000)
def permalink(address: str) -> str:
    """Return the permalink of a post with this address ("2011/05/slug")."""
    year, month, slug = address.split("/")
    return reverse("blog:post", args=[year, month, slug])


def first_words(text: str) -> str:
    """Return the first words of the text, for a post without a summary."""
    return text[:200].rsplit(" ", 1)[0]


class BylineManager(models.Manager["Byline"]):
    def get_by_natural_key(self, uid: str, slug: str) -> Byline:
        return self.get(post__uid=uid, author__slug=slug)


class Byline(models.Model):
    """A person's credit on a post; bylines have an order."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        TRANSLATOR = "translator", _("translator")
        PHOTOGRAPHER = "photographer", _("photographer")
        EDITOR = "editor", _("editor")

    post = models.ForeignKey(Post, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, models.PROTECT, related_name="bylines", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)

    objects = BylineManager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "author"], name="author_named_once")]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return f"{self.author} ({self.get_role_display()})"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.post.natural_key(), *self.author.natural_key())
