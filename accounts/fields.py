"""Model and form fields that accept less than Django's own."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator, URLValidator, validate_unicode_slug
from django.db import models

from accounts.mailboxes import mailbox_of, validate_mailbox
from accounts.names import tidy_name
from accounts.portraits import MAX_BYTES, cut_portrait, store_portrait
from markup import SLUG
from pictures import RefusedPicture

KINDS = "image/jpeg,image/png,image/webp,image/gif,image/avif"


class WebAddressField(models.URLField):
    """An http or https URL; one without a scheme becomes https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class NameField(forms.CharField):
    """A person's name, without invisible signs that were pasted with it (`accounts.names`)."""

    def to_python(self, value: Any) -> Any:
        return tidy_name(super().to_python(value) or "")


class UnicodeSlugField(models.CharField):
    """A slug in any script. Unlike Django's it accepts marks on letters, as in हिन्दी."""

    default_validators = [
        RegexValidator(rf"\A{SLUG}\Z", validate_unicode_slug.message, validate_unicode_slug.code)
    ]

    def to_python(self, value: Any) -> Any:
        """Return the slug in NFC, so that two slugs that look alike are equal."""
        text = super().to_python(value)
        return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


class MailboxField(forms.EmailField):
    """An e-mail address that can get mails, in its mailbox's one spelling (`accounts.mailboxes`).

    The present address (`kept`) may stay: the machine's own mail server may accept it.
    """

    default_validators = [validate_mailbox]
    kept = ""

    def to_python(self, value: Any) -> str:
        return mailbox_of(super().to_python(value) or "")

    def run_validators(self, value: str) -> None:
        if value != self.kept:
            super().run_validators(value)


class PortraitInput(forms.ClearableFileInput):
    """Shows the present portrait, with a checkbox to remove it."""

    template_name = "accounts/portrait_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": KINDS} | (attrs or {}))


class PortraitField(forms.FileField):
    """Accepts any picture that `pictures` accepts, whatever its name, and cuts the portrait.

    The value is the name of a file that is written: only then is it certain that it can be stored.
    A file that no row names in the end is deleted (`manage.py sweep_media`).
    """

    widget = PortraitInput

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        return _portrait_of(cleaned) if isinstance(cleaned, UploadedFile) else cleaned

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show the present portrait beside the error of the one that was sent."""
        return initial


def _portrait_of(upload: UploadedFile) -> str:
    try:
        return store_portrait(cut_portrait(upload.read(MAX_BYTES + 1)))
    except RefusedPicture as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
