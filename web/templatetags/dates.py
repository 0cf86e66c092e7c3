"""Template filters for dates and times (`web.dates`); "" for no moment."""

from __future__ import annotations

from datetime import datetime

from django import template

from web import dates

register = template.Library()


@register.filter
def day(moment: datetime | None) -> str:
    return dates.day(moment) if moment else ""


@register.filter
def moment(moment: datetime | None) -> str:
    return dates.moment(moment) if moment else ""


@register.filter
def iso(moment: datetime | None) -> str:
    return dates.iso(moment) if moment else ""
