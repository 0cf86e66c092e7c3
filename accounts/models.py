"""Users, who can sign in, and the bylines of posts."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import UnicodeSlugField, WebAddressField
from accounts.mailboxes import mailbox_of
from accounts.names import validate_name, validate_visible
from accounts.portraits import Portrayed
from accounts.querysets import AuthorQuerySet
from accounts.slugs import free_slug
from site_settings.choices import ReplyMails
from site_settings.reading import site
from web.collation import SortKeyField

USERNAME_LENGTH = 60


class PeopleManager(UserManager):
    use_in_migrations = False

    def who_proved(self, email: str) -> User | None:
        """Return the active user who confirmed an address, or None."""
        proven: Any = self.filter(emailaddress__email=email, emailaddress__verified=True)
        user: User | None = proven.filter(is_active=True).first()
        return user

    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **extra_fields: Any,
    ) -> Any:
        """Create a superuser with a confirmed address, who can sign in at once."""
        user: Any = super().create_superuser(username, email, password, **extra_fields)
        user.vouch_for_email()
        return user


class User(Portrayed, AbstractUser):
    """A user, who signs in by user name or e-mail address; capitals make no difference."""

    # ASCII only: no look-alikes of a known name, and equal names in other capitals are equal on
    # every database. Without "@" no name can be somebody else's address.
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
        validators=[validate_name],
        help_text=_("Shown with your replies. Without it, your user name is shown."),
    )
    reply_mails = models.CharField(
        _("mails about replies that wait"),
        max_length=5,
        choices=ReplyMails,
        blank=True,
        help_text=_(
            "For moderators; empty: as the site does. What authors are told is set at each post."
        ),
    )

    objects: ClassVar[PeopleManager] = PeopleManager()
    emailaddress_set: Any  # allauth's: the addresses, and whether they are confirmed

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = mailbox_of(self.email)
        super().save(*args, **kwargs)

    @property
    def reply_mails_in_force(self) -> str:
        """Return how a moderator hears of replies that wait: as they chose, else as the site does."""
        return self.reply_mails or site.moderator_mails

    def vouch_for_email(self) -> None:
        """Confirm the address and delete the user's others. For callers that may vouch for it."""
        self.emailaddress_set.exclude(email=self.email).delete()
        if self.email:
            self.emailaddress_set.update_or_create(
                email=self.email, defaults={"verified": True, "primary": True}
            )

    @cached_property
    def proven_emails(self) -> list[str]:
        """The addresses that this user has confirmed."""
        return list(self.emailaddress_set.filter(verified=True).values_list("email", flat=True))

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def public_name(self) -> str:
        """The name that readers see: the byline's, else the display name, else the user name."""
        author: Author | None = getattr(self, "author", None)
        return author.name if author else self.get_full_name()


class Author(Portrayed):
    """A byline, with or without an account."""

    user = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("account"),
        help_text=_("Leave empty for a guest author, who writes without an account."),
    )
    name = models.CharField(_("name"), max_length=120, validators=[validate_name])
    slug = UnicodeSlugField(
        _("address"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_(
            "The part of the page's address that names the author; made from the name if empty."
        ),
    )
    sort_key = SortKeyField(of="name")
    biography = models.TextField(
        _("biography"), blank=True, help_text=_("A few sentences in Markdown.")
    )
    biography_html = models.TextField(editable=False, default="")
    website = WebAddressField(_("website"), blank=True)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("sort_key", "pk")
        permissions = (("change_any_author", _("Can change the bylines of others")),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return author_url(self.slug)

    def _free_slug(self) -> str:
        others = Author.objects.exclude(pk=self.pk)
        return free_slug(self.name, among=others, longest=120, otherwise="author")

    def is_editable_by(self, user: User | AnonymousUser) -> bool:
        """Return whether the user may edit it: their own byline, or any with `change_any_author`."""
        mine = self.user_id is not None and self.user_id == user.pk
        return mine or user.has_perm("accounts.change_any_author")

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


@lru_cache(maxsize=1000)
def author_url(slug: str) -> str:
    return reverse("blog:author", args=[slug])


class AuthorLinkManager(models.Manager["AuthorLink"]):
    def get_by_natural_key(self, author: str, url: str) -> AuthorLink:
        return self.get(author__slug=author, url=url)


class AuthorLink(models.Model):
    """The author's own page elsewhere, linked with rel="me"."""

    author = models.ForeignKey(
        Author, on_delete=models.CASCADE, related_name="links", verbose_name=_("author")
    )
    label = models.CharField(_("text of the link"), max_length=60, validators=[validate_visible])
    url = WebAddressField(_("address"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AuthorLinkManager()

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

    def natural_key(self) -> tuple[str, str]:
        return (*self.author.natural_key(), self.url)
