"""Model and form fields that take less than Django's own do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import models

from accounts.portraits import cut_portrait
from pictures import RefusedPicture


class WebAddressField(models.URLField):
    """An http or https address; typed without either, it is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class PortraitField(forms.FileField):
    """Takes any picture that `pictures` takes, whatever its name, and hands over the portrait cut from it."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        return _portrait_of(cleaned) if isinstance(cleaned, UploadedFile) else cleaned


def _portrait_of(upload: UploadedFile) -> File[bytes]:
    try:
        return cut_portrait(upload.read())
    except RefusedPicture as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
