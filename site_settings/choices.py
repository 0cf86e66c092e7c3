"""What the owner can choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReplyPolicy(models.TextChoices):
    """Who may reply, and whose replies appear at once."""

    OPEN = "open", _("open: first-timers are held")
    HELD = "held", _("every reply is held")
    CONFIRMED = "confirmed", _("guests confirm their e-mail address")
    ACCOUNTS = "accounts", _("accounts only")
    CLOSED = "closed", _("closed")


class ReplyMails(models.TextChoices):
    """How often somebody is mailed about replies."""

    EACH = "each", _("a mail for each reply")
    DAILY = "daily", _("one mail a day")
    NONE = "none", _("no mails")


class DateStyle(models.TextChoices):
    """How a day is written."""

    LONG = "long", _("in words, as each language has it")
    NUMBERS = "numbers", _("in numbers, as each language has it")
    ISO = "iso", _("year, month and day in numbers (ISO 8601)")


class Weekday(models.IntegerChoices):
    """The first day of a week, numbered as Django numbers days."""

    MONDAY = 1, _("Monday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 0, _("Sunday")


class Text(models.TextChoices):
    """How much of a post stands where there are several."""

    EXCERPT = "excerpt", _("the excerpt")
    WHOLE = "whole", _("the whole text")


class SignUp(models.TextChoices):
    """Who may make an account."""

    ANYBODY = "anybody", pgettext_lazy("may sign up", "anybody")
    NOBODY = "nobody", pgettext_lazy("may sign up", "nobody: administrators make accounts")
