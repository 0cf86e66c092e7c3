"""Keeps what depends on users and bylines up to date, however their rows were written."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from django.dispatch import receiver

from accounts.biographies import biography_html
from accounts.models import Author, User
from accounts.namesakes import forget_names
from accounts.portraits import Portrayed, forget_portrait
from accounts.roles import sync_roles

# When the last app sends post_migrate, the permissions of every app exist.
LAST_APP = [config for config in apps.get_app_configs() if config.models_module][-1]


@receiver(pre_save, sender=Author)
def render_biography(instance: Author, **kwargs: object) -> None:
    """Render the biography. A signal, because fixtures skip `save()` and need not contain HTML."""
    instance.biography_html = biography_html(instance)


@receiver(pre_save, sender=EmailAddress)
def settle_claims(instance: EmailAddress, **kwargs: object) -> None:
    """Remove a confirmed address from accounts that only claimed it."""
    if instance.verified:
        claims = User.objects.filter(email=instance.email).exclude(pk=instance.user_id)
        claims.update(email="")


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Author)
def remove_portrait(instance: Portrayed, **kwargs: object) -> None:
    forget_portrait(instance.portrait.name)


@receiver([post_save, post_delete], sender=User)
@receiver([post_save, post_delete], sender=Author)
def forget_names_of_people(**kwargs: object) -> None:
    """Clear the cache of names now, and after commit, because it may be filled in between."""
    if kwargs.get("update_fields") != {"last_login"}:
        forget_names()
        transaction.on_commit(forget_names)


@receiver(post_migrate, sender=LAST_APP)
def fill_roles(using: str, **kwargs: object) -> None:
    sync_roles(using=using)
