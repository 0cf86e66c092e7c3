"""The log of what was set."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SettingChange(models.Model):
    """One setting that somebody changed: `before` and `after` are its values, as JSON has them."""

    setting = models.CharField(_("setting"), max_length=40)
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by"), related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("changed setting")
        verbose_name_plural = _("changed settings")
        default_permissions = ()

    def __str__(self) -> str:
        return self.setting
