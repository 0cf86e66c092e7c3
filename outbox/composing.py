"""Makes a mail from templates, as plain text and as HTML."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import strip_spaces_between_tags
from django.utils.translation import override

from site_settings.reading import site


def compose(
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    language: str,
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return the mail of `<template>.txt` and `<template>.html`; the first line is the subject."""
    context = {"site_name": site.name, "site_url": settings.PARLEY_URL} | context
    with override(language):
        subject, _, text = render_to_string(f"{template}.txt", context).strip().partition("\n")
        page = render_to_string(f"{template}.html", context | {"language": language})
    mail = EmailMultiAlternatives(subject.strip(), text.strip() + "\n", to=[to], headers=headers)
    mail.attach_alternative(strip_spaces_between_tags(page.strip()), "text/html")
    return mail


def absolute(path: str) -> str:
    """Return the full URL of a page of this site, for mails."""
    return f"{settings.PARLEY_URL}{path}"
