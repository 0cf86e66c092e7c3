"""Deletes expired rows that Django leaves in the database, and files that no row names."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from background.clock import CLOCK_SKEW
from background.queue import task
from background.schedule import every
from config.uploads.sweep import delete_files, look_through_media

logger = logging.getLogger(__name__)

# Nothing is cached or counted for longer.
LONGEST_CACHED = timedelta(days=1)


@every(hours=1)
@task()
def forget_expired_cache() -> None:
    """Delete expired entries of a cache in a table, and those that expire too late.

    A clock that was ahead wrote those: they would count, and lock somebody out, until that day.
    """
    if not isinstance(caches["default"], DatabaseCache):
        return
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    now = timezone.now()
    limits = map(connection.ops.adapt_datetimefield_value, (now, now + LONGEST_CACHED))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s OR expires > %s",  # noqa: S608 - our setting
            list(limits),
        )


@every(hours=1)
@task()
def forget_expired_sessions() -> None:
    """Delete expired sessions, and those of a clock that was ahead, which outlast all others."""
    now = timezone.now()
    latest = now + timedelta(seconds=settings.SESSION_COOKIE_AGE) + CLOCK_SKEW
    Session.objects.filter(Q(expire_date__lt=now) | Q(expire_date__gt=latest)).delete()


@every(days=1)
@task()
def sweep_media() -> None:
    """Delete files that no row names: a file is written before its row, so a failure can leave it."""
    found = look_through_media()
    if not found.is_plausible:
        logger.error(
            "Nothing names %d of %d uploaded files. If that is right, `manage.py sweep_media` deletes them",
            len(found.orphans),
            found.stored,
        )
    elif found.orphans:
        delete_files(found.orphans)
        logger.info("Deleted %d uploaded files that nothing names", len(found.orphans))
    if found.missing:
        logger.error("%d uploaded files are missing, %s too", len(found.missing), found.missing[0])
