"""Template filters for dates as people write them in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

register = template.Library()


@register.filter(expects_localtime=True)
def day(moment: datetime | None) -> str:
    """ "31 mei 2011"; "" for no moment."""
    # Translators: how a date is written, in Django's format characters.
    return date_format(moment, gettext("j F Y")) if moment else ""


@register.filter(expects_localtime=True)
def moment(moment: datetime | None) -> str:
    """ "31 mei 2011, 06:00"; "" for no moment."""
    # Translators: how a date and time are written, in Django's format characters.
    return date_format(moment, gettext("j F Y, H:i")) if moment else ""
