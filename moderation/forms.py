"""The form of a report, and the buttons of the page that a mail leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from comments.forms import PlainForm, TextField
from comments.models import Status
from moderation.choices import VERBS
from moderation.models import Report
from web.fields import IdField


class SentForm(forms.Form):
    """What our own pages send by a button. Nobody can correct it: invalid data is answered 400."""

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return the cleaned fields. Raises BadRequest, which names the invalid ones."""
        form = cls(sent)
        if not form.is_valid():
            raise BadRequest(f"{cls.__name__}: {', '.join(form.errors)}")
        return form.cleaned_data


class MailedDecisionForm(SentForm):
    """One of the buttons on the page of one reply."""

    decide = forms.TypedChoiceField(choices=VERBS.items(), coerce=Status)
    version = IdField(min_value=1)


class ReportForm(PlainForm):
    ids = "report-%s"

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what comes closest.")},
    )
    note = TextField(
        label=_("Anything the moderators should know"),
        max_length=Report._meta.get_field("note").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
