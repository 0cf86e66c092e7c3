"""The form by which a person ends a wish to be told of replies."""

from __future__ import annotations

from django import forms

from web.fields import IdField


class StopForm(forms.Form):
    """The id of the wish beside the button that was pressed."""

    stop = IdField()
