"""Form fields that several apps share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import normalize_newlines


class LinesField(forms.CharField):
    """A text of some lines, which counts as long as it is in its box: browsers send "\\r\\n"."""

    def to_python(self, value: Any) -> str:
        return normalize_newlines(super().to_python(value) or "")


class IdField(forms.IntegerField):
    """The id of a row, as a button or a hidden field sends it; no larger than every database can hold."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 10**18 - 1} | kwargs)
