"""The settings in force, for every app: what the environment fixes, else what the owner has set."""

from __future__ import annotations

from datetime import tzinfo
from email.utils import formataddr
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from site_settings.models import FIXED_BY, KEY, SiteSettings
from web.in_memory import InMemory
from web.shown import uses

NAMES = frozenset(field.name for field in SiteSettings._meta.fields)


def _read() -> SiteSettings:
    return SiteSettings.objects.filter(pk=KEY).first() or SiteSettings(pk=KEY)


STORED = InMemory(_read)


def shown_as(name: str) -> str:
    """Return the name under which pages show a setting (`web.shown`)."""
    return f"setting:{name}"


def fixed(name: str) -> Any:
    """Return the value that the environment fixes for a setting; None if it does not."""
    return getattr(settings, FIXED_BY[name]) if name in FIXED_BY else None


class _Site:
    """Reads each setting when it is asked for, and notes for a page cache that the page shows it."""

    def __getattr__(self, name: str) -> Any:
        if name not in NAMES:
            raise AttributeError(name)
        uses(shown_as(name))
        found = fixed(name)
        return getattr(_stored(), name) if found is None else found


def _stored() -> SiteSettings:
    try:
        return STORED.get()
    except (DatabaseError, InterfaceError):  # nothing was ever read: the page itself will say so
        return SiteSettings(pk=KEY)


site = cast(SiteSettings, _Site())


def zone() -> tzinfo:
    """Return the site's time zone; that of the settings file if this machine has no such zone any more."""
    try:
        return ZoneInfo(site.time_zone)
    except (KeyError, ValueError, OSError):
        return timezone.get_default_timezone()


def mail_sender() -> str:
    """Return the sender of mails as a header has it (RFC 5322, 3.6.2)."""
    address = site.mail_address
    if fixed("mail_address"):
        return address
    return formataddr((site.name, address or f"noreply@{urlsplit(settings.PARLEY_URL).hostname}"))
