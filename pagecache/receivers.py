"""Writes down what changed, for every process that keeps pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from pagecache.process import change_log
from web.shown import SITE, changed, names_changed, names_changing


@receiver(names_changing)
def note_writer(**kwargs: Any) -> None:
    if log := change_log():
        log.begin_writing()


@receiver(names_changed)
def write_down(names: Sequence[str], at: datetime | None, **kwargs: Any) -> None:
    if log := change_log():
        log.append(names, at=at.timestamp() if at else 0.0)


@receiver(post_save)
def announce_loaded(raw: bool = False, **kwargs: Any) -> None:
    """A fixture goes past the functions that know what changes."""
    if raw:
        changed(SITE)
