"""People who can sign in, and the bylines that posts carry."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.portraits import forget_portrait, portrait_path
from accounts.querysets import AuthorQuerySet

USERNAME_LENGTH = 60


class User(AbstractUser):
    """Someone who can sign in, by user name or e-mail address; capitals make no difference in either."""

    # ASCII alone keeps look-alikes of a known name out, and makes "in other capitals" mean the
    # same on every database; without @ nobody's name can be somebody else's address.
    username = models.CharField(
        _("user name"),
        max_length=USERNAME_LENGTH,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z",
                _("Use letters a to z, digits, and in between also dots, hyphens and underscores."),
            )
        ],
        error_messages={"unique": _("This user name is taken.")},
    )
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), blank=True)
    display_name = models.CharField(
        _("name to show"),
        max_length=80,
        blank=True,
        help_text=_("Shown with your replies. Without it, your user name is shown."),
    )

    objects: ClassVar[UserManager[User]] = UserManager()

    class Meta(AbstractUser.Meta):
        constraints = (
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username_in_any_capitals",
                violation_error_message=_("This user name is taken."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="accounts_user_email_in_any_capitals",
                violation_error_message=_("There is an account with this e-mail address already."),
            ),
        )

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def public_name(self) -> str:
        """The name that readers see: the byline's, else the chosen one, else the user name."""
        author: Author | None = getattr(self, "author", None)
        return author.name if author else self.get_full_name()


class Author(models.Model):
    """A byline: who wrote something, with or without an account behind it."""

    user = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("account"),
        help_text=_("Leave empty for a guest author, who writes without an account."),
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_(
            "The part of the page's address that names the author; made from the name if empty."
        ),
    )
    biography = models.TextField(
        _("biography"), blank=True, help_text=_("A few sentences in Markdown.")
    )
    biography_html = models.TextField(editable=False, default="")
    portrait = models.ImageField(_("portrait"), upload_to=portrait_path, blank=True, max_length=200)
    website = models.URLField(_("website"), blank=True)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("name", "pk")
        permissions = (("change_any_author", _("Can change the bylines of others")),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or self._free_slug()
        former = type(self).objects.filter(pk=self.pk).values_list("portrait", flat=True).first()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        if former and former != self.portrait.name:
            transaction.on_commit(lambda: forget_portrait(former))

    def _free_slug(self) -> str:
        wanted = slugify(self.name, allow_unicode=True)[:110] or "author"
        taken = set(
            type(self).objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
        )
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return (
            wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
        )

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("blog:author", args=[self.slug])


class AuthorLink(models.Model):
    """A page elsewhere that is the author's own, linked with rel="me"."""

    author = models.ForeignKey(
        Author, on_delete=models.CASCADE, related_name="links", verbose_name=_("author")
    )
    label = models.CharField(_("text of the link"), max_length=60)
    url = models.URLField(_("address"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("author", "url"),
                name="accounts_authorlink_once_per_author",
                violation_error_message=_("This address is in the list already."),
            ),
        )

    def __str__(self) -> str:
        return self.label
