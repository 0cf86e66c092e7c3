"""Writes down what changed, for every process that keeps pages, and tells other machines."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver

from pagecache.channels.choosing import channel, tell
from pagecache.front import front
from pagecache.process import change_log
from pagecache.tasks import tell_later
from web.shown import SCHEDULE, SITE, announce_waiting, changed, names_changed, names_changing

logger = logging.getLogger(__name__)


@receiver(names_changing)
def note_writer(names: Sequence[str], at: datetime | None, **kwargs: Any) -> None:
    log, used = change_log(), channel()
    if log:
        log.begin_writing()
    if used and used.is_transactional:
        tell(log, names, _seconds(at))


@receiver(names_changed)
def write_down(names: Sequence[str], at: datetime | None, **kwargs: Any) -> None:
    if log := change_log():
        log.append(names, at=_seconds(at))


@receiver(names_changed)
def tell_machines(names: Sequence[str], at: datetime | None, **kwargs: Any) -> None:
    used = channel()
    if used and not used.is_transactional:
        tell(change_log(), names, _seconds(at))


@receiver(names_changed)
def tell_front(names: Sequence[str], at: datetime | None, **kwargs: Any) -> None:
    """After `write_down`: a cache in front that forgets a page may ask for it at once."""
    if not settings.PARLEY_PURGE:
        return
    if at is None:
        front.tell(names)
    try:
        tell_later(list(names), at)
    except DatabaseError:  # the change itself is stored
        logger.exception("The cache at PARLEY_PURGE is not told again of a change")


@receiver(request_finished)
def end_request(**kwargs: Any) -> None:
    announce_waiting()
    if log := change_log():
        log.end_writing()


@receiver(post_migrate)
def announce_emptied(app_config: AppConfig, **kwargs: Any) -> None:
    """`manage.py flush` goes past them too. The signal comes once for each app with models."""
    if app_config.label == "blog":
        changed(SITE)


@receiver(post_save)
def announce_loaded(raw: bool = False, **kwargs: Any) -> None:
    """A fixture goes past the functions that know what changes."""
    if raw:
        changed(SITE, SCHEDULE)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
