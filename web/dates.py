"""Dates and times, in the current time zone, for people (`config.formats`) and for machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def day(moment: datetime) -> str:
    """ "31 mei 2011", in the active language."""
    return _day(timezone.localtime(moment).date(), get_language() or "")


def moment(moment: datetime) -> str:
    """ "31 mei 2011, 06:00", in the active language."""
    return moments()(moment)


def moments() -> Callable[[datetime], str]:
    """Return `moment` for many moments of one page: looking up zone and language takes longest."""
    zone, language = timezone.get_current_timezone(), get_language() or ""

    def written(moment: datetime) -> str:
        minute = moment.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)
        return _moment(minute, language)

    return written


def iso(moment: datetime) -> str:
    """ISO 8601 to the second, with the offset of the zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


# Cached: formatting one takes as long as all the rest of a reply or an entry in a list.
@lru_cache(maxsize=4096)
def _day(day: date, language: str) -> str:
    return date_format(day)


@lru_cache(maxsize=4096)
def _moment(minute: datetime, language: str) -> str:
    return date_format(minute, "DATETIME_FORMAT")
