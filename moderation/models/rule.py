"""The moderators' rules about people and patterns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """One person or pattern, and what becomes of replies that match it, until `expires_at`."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("account")
        EMAIL = "email", _("e-mail address")
        ADDRESS = "address", _("network address")
        DOMAIN = "domain", _("domain")
        WORD = "word", _("word or phrase")

    class Effect(models.TextChoices):
        HOLD = "hold", _("hold: a moderator decides")
        MUTE = "mute", _("mute: only its writer sees it")
        BAN = "ban", _("ban: it is not taken")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    value = models.CharField(_("value"), max_length=254)
    effect = models.CharField(_("effect"), max_length=4, choices=Effect)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value", "language"], name="rule_once")
        ]
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        """For a network address, the kind alone: not even its hash is shown."""
        kind = self.get_kind_display()
        tells = self.value and self.kind != self.Kind.ADDRESS
        return f"{kind}: {self.value}" if tells else kind
