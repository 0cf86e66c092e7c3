"""Form fields that several apps share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines

from web.ids import IS_ID


class LinesField(forms.CharField):
    """A text of several lines, measured as it is in its box: browsers send "\\r\\n" as line end."""

    def to_python(self, value: Any) -> str:
        return normalize_newlines(super().to_python(value) or "")


class IdField(forms.IntegerField):
    """A whole number of ASCII digits, such as a row's id, sent by a button or a hidden field.

    It is no larger than every database can hold.
    """

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int | None:
        if value and not IS_ID.fullmatch(str(value)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)
