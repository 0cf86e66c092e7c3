"""What a reader fills in to report a reply."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.forms import PlainForm, TextField
from moderation.models import Report


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
