"""Model and form fields that take less than Django's own do."""

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
    """An http or https address; typed without either, it is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class NameField(forms.CharField):
    """The name of a person; signs that came along where it was pasted are left out (`accounts.names`)."""

    def to_python(self, value: Any) -> Any:
        return tidy_name(super().to_python(value) or "")


class UnicodeSlugField(models.CharField):
    """A part of an address in any script. Unlike Django's it takes the marks on letters, as in हिन्दी."""

    default_validators = [
        RegexValidator(rf"\A{SLUG}\Z", validate_unicode_slug.message, validate_unicode_slug.code)
    ]

    def to_python(self, value: Any) -> Any:
        """In NFC, so that two addresses that look alike are the same."""
        text = super().to_python(value)
        return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


class MailboxField(forms.EmailField):
    """An e-mail address that can be mailed, in the one spelling of its mailbox (`accounts.mailboxes`).

    What stands there already (`kept`) may stay, for the machine's own mail server may take it.
    """

    default_validators = [validate_mailbox]
    kept = ""

    def to_python(self, value: Any) -> str:
        return mailbox_of(super().to_python(value) or "")

    def run_validators(self, value: str) -> None:
        if value != self.kept:
            super().run_validators(value)


class PortraitInput(forms.ClearableFileInput):
    """Shows the portrait there is, with a box to take it away."""

    template_name = "accounts/portrait_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": KINDS} | (attrs or {}))


class PortraitField(forms.FileField):
    """Takes any picture that `pictures` takes, whatever its name, and hands over the portrait cut from it.

    That is the name of a file which is written already: only then is it certain that it can be kept.
    One that no row names in the end is swept away (`manage.py sweep_media`).
    """

    widget = PortraitInput

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        return _portrait_of(cleaned) if isinstance(cleaned, UploadedFile) else cleaned

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The portrait there is stays in view beside what is wrong with the one that was sent."""
        return initial


def _portrait_of(upload: UploadedFile) -> str:
    try:
        return store_portrait(cut_portrait(upload.read(MAX_BYTES + 1)))
    except RefusedPicture as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
