"""The status of a post."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """The status of a post. A published post with a date in the future is scheduled."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


# What people see in place of the status of a post that is scheduled; no row has it.
SCHEDULED = "scheduled"
