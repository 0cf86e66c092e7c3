"""Model and form fields for what authors write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from blog.languages import LONGEST_TAG, canonical_tag, suggested


class LanguageInput(forms.TextInput):
    """Accepts any language tag and suggests likely ones, those of the interface first."""

    template_name = "admin/widgets/language.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"list": f"{name}-suggested", "autocapitalize": "none"}
        return context | {"suggested": suggested()}


class LanguageField(models.CharField):
    """A language tag (RFC 5646), stored in its canonical form (`blog.languages.canonical_tag`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST_TAG} | kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        return canonical_tag(super().clean(value, model_instance))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Store a value that no form has cleaned in canonical form too, if it is a language tag."""
        value: str = getattr(model_instance, self.attname)
        try:
            value = canonical_tag(value)
        except ValidationError:
            return value
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**kwargs | {"widget": LanguageInput})
