"""Dates and times that people type, correct also on nights when the clocks change."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A time read without an offset gets this zone object, which no other moment has.
AS_READ = ZoneInfo.no_cache("UTC")
SKIPPED = _("There is no such time on that day: the clocks are put forward then.")


class MomentField(forms.DateTimeField):
    """A date and time in the current zone; of two that read the same the first (RFC 5545, 3.3.5).

    A value with an offset ("2026-01-01T10:00+05:00", RFC 3339) is that moment.
    """

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(AS_READ):
            read = super().to_python(value)
        return moment_of(read) if read and read.tzinfo is AS_READ else read


class SplitMomentField(forms.SplitDateTimeField):
    """A date and time in two boxes, read as in `MomentField`."""

    widget = AdminSplitDateTime

    def compress(self, data_list: Any) -> datetime | None:
        with timezone.override(AS_READ):
            read = super().compress(data_list)
        return moment_of(read) if read else None


def moment_of(read: datetime) -> datetime:
    """The moment when clocks here show what was read. Raises ValidationError if they never do."""
    moment = read.replace(tzinfo=timezone.get_current_timezone(), fold=0)
    if _hours_gained(moment) < 0:
        raise ValidationError(SKIPPED, code="skipped")
    return moment


def is_shown_twice(moment: datetime) -> bool:
    """Whether clocks in its zone show this time twice, because they are put back in between."""
    return _hours_gained(moment) > 0


def as_typed(moment: datetime) -> datetime:
    """Return what a form shows of a moment: the time in the current zone, to the second."""
    return timezone.make_naive(moment).replace(microsecond=0, fold=0)


def _hours_gained(moment: datetime) -> float:
    """Return hours: above 0 if a time comes twice, below 0 if it is skipped, else 0."""
    offsets = [moment.replace(fold=fold).utcoffset() for fold in (0, 1)]
    first, second = (offset.total_seconds() / 3600 if offset else 0.0 for offset in offsets)
    return first - second
