"""Dates and times, in the current time zone, for people (`config.formats`) and for machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

# The formats of Django for a day, and for a day with its time.
STYLES = {
    "long": ("DATE_FORMAT", "DATETIME_FORMAT"),
    "numbers": ("SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT"),
    "iso": ("Y-m-d", "Y-m-d H:i"),
}
_style: list[Callable[[], str]] = [lambda: "long"]


def register_style(style: Callable[[], str]) -> None:
    """Have `style` asked which of STYLES the site writes dates in."""
    _style[:] = [style]


def _formats() -> tuple[str, str]:
    return STYLES[_style[0]()]


def day(moment: datetime) -> str:
    """ "31 mei 2011", in the active language, or as the site writes dates."""
    return _day(timezone.localtime(moment).date(), _formats()[0], get_language() or "")


def moment(moment: datetime) -> str:
    """ "31 mei 2011, 06:00", in the active language, or as the site writes dates."""
    return moments()(moment)


def moments() -> Callable[[datetime], str]:
    """Return `moment` for many moments of one page: looking up zone and language takes longest."""
    zone, language, form = timezone.get_current_timezone(), get_language() or "", _formats()[1]

    def written(moment: datetime) -> str:
        minute = moment.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)
        return _moment(minute, form, language)

    return written


def iso(moment: datetime) -> str:
    """ISO 8601 to the second, with the offset of the zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


# Cached: formatting one takes as long as all the rest of a reply or an entry in a list.
@lru_cache(maxsize=4096)
def _day(day: date, form: str, language: str) -> str:
    return date_format(day, form)


@lru_cache(maxsize=4096)
def _moment(minute: datetime, form: str, language: str) -> str:
    return date_format(minute, form)
