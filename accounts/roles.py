"""The roles, as one table. Each role is a group of the same name with exactly its permissions.

Every `migrate` fills the groups again, so a change of the table reaches every site.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import pgettext_lazy

from accounts.models import Author, User


class Role(models.TextChoices):
    CONTRIBUTOR = "Contributor", pgettext_lazy("role", "Contributor")
    AUTHOR = "Author", pgettext_lazy("role", "Author")
    EDITOR = "Editor", pgettext_lazy("role", "Editor")
    MODERATOR = "Moderator", pgettext_lazy("role", "Moderator")
    ADMINISTRATOR = "Administrator", pgettext_lazy("role", "Administrator")


def _manage(*labels: str) -> frozenset[str]:
    """Return Django's four permissions for models written as "app.model"."""
    verbs = ("add", "change", "delete", "view")
    pairs = [label.split(".") for label in labels]
    return frozenset(f"{app}.{verb}_{model}" for app, model in pairs for verb in verbs)


# For one's own posts, images and bylines: their admins decide which those are, and what is allowed
# after publication. The permissions with "any" extend it to those of others.
_WRITE = _manage("blog.post", "blog.byline", "accounts.authorlink") | {
    *("blog.view_category", "blog.view_series", "blog.view_tag"),
    *("images.add_image", "images.change_image", "images.view_image"),
    *("accounts.change_author", "accounts.view_author"),
}
_PUBLISH = _WRITE | {"blog.publish_post", "comments.moderate_own_comment"}
_MODERATE = _manage("moderation.rule") | {"comments.moderate_comment", "moderation.view_decision"}
_EDIT = (
    _PUBLISH
    | _MODERATE
    | _manage("blog.category", "blog.series", "blog.tag", "images.image", "accounts.author")
    | {"blog.change_any_post", "images.change_any_image", "accounts.change_any_author"}
)
_ADMINISTER = (
    _EDIT | _manage("accounts.user") | {"background.view_task", "site_settings.change_sitesettings"}
)

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CONTRIBUTOR: _WRITE,
    Role.AUTHOR: _PUBLISH,
    Role.EDITOR: _EDIT,
    Role.MODERATOR: _MODERATE,
    Role.ADMINISTRATOR: _ADMINISTER,
}
WRITERS = (Role.CONTRIBUTOR, Role.AUTHOR, Role.EDITOR)


def sync_roles(*, using: str = "default") -> None:
    """Create the groups and give each exactly its permissions. Repeating it changes nothing."""
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(by_name[name] for name in names if name in by_name)


@transaction.atomic
def assign_roles(*, user: User, roles: Iterable[Role]) -> None:
    """Give a user exactly these roles. A user with a role is staff; a writer gets a byline."""
    chosen = set(roles)
    user.groups.set(Group.objects.filter(name__in=chosen))
    user.is_staff = user.is_superuser or bool(chosen)
    user.save(update_fields=["is_staff"])
    if chosen.intersection(WRITERS):
        ensure_byline(user=user)


def give_role(*, user: User, role: Role) -> None:
    """Add a role to a user's roles; see `assign_roles`."""
    assign_roles(user=user, roles={*roles_of(user), role})


def roles_of(user: User) -> list[Role]:
    """Return a user's roles in the order of the table."""
    names = set(user.groups.values_list("name", flat=True))
    return [role for role in Role if role.value in names]


def ensure_byline(*, user: User) -> Author:
    """Return a user's byline; create it with the user's public name if there is none."""
    author, _created = Author.objects.get_or_create(
        user=user, defaults={"name": user.get_full_name()}
    )
    return author
