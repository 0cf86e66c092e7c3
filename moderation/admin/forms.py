"""The forms of the moderation queue.

The page sends the version of each reply it shows in a hidden field `version-<id>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from comments.forms import ReplyForm
from comments.models import Status
from moderation.choices import VERBS
from moderation.forms import SentForm
from moderation.models import Decision
from web.fields import IdField

NOTE_LENGTH = Decision._meta.get_field("note").max_length
VERSION = "version-"


class IdsField(forms.Field):
    """The ids of some rows, each in a field of the same name."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> set[int]:
        return {IdField().clean(pk) for pk in value or ()}


class VersionsWidget(forms.Widget):
    """Reads the version fields of all replies that were shown."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        shown = (key for key in data if key.startswith(VERSION))
        return {key.removeprefix(VERSION): data[key] for key in shown}


class VersionsField(forms.Field):
    """The versions of the replies that were shown, by their ids."""

    widget = VersionsWidget

    def to_python(self, value: Any) -> dict[int, int]:
        version = IdField(min_value=1)
        return {IdField().clean(pk): version.clean(shown) for pk, shown in value.items()}


class NoteField(forms.CharField):
    """A note without NUL, cut to its length: an odd note must not stop the decision."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")[:NOTE_LENGTH]


class DecisionForm(SentForm):
    """The button of one card: its name is the new status, its value the reply's id."""

    decision = forms.TypedChoiceField(choices=VERBS.items(), coerce=Status)
    reply = IdField()
    version = IdField(min_value=1)
    note = NoteField(required=False, strip=False)

    @staticmethod
    def is_in(sent: Mapping[str, Any]) -> bool:
        return any(status in sent for status in VERBS)

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> dict[str, Any]:
        decision = next((status for status in VERBS if status in sent), "")
        reply = sent.get(decision, "")
        version, note = sent.get(f"{VERSION}{reply}"), sent.get("note")
        return super().read(
            {"decision": decision, "reply": reply, "version": version, "note": note}
        )


class BulkForm(SentForm):
    """One decision for the selected replies, or for all of a list that came up to `newest`."""

    _selected_action = IdsField()
    # Django's own widget takes anything sent for a tick, even "0".
    select_across = forms.BooleanField(required=False, widget=forms.HiddenInput)
    newest = IdField(required=False)
    versions = VersionsField(required=False)

    def clean(self) -> dict[str, Any]:
        # The page sends 0 if no reply is chosen (`change_list.html`).
        chosen = self.cleaned_data.pop("_selected_action", set()) - {0}
        return self.cleaned_data | {"chosen": chosen}


class UndoForm(SentForm):
    """The batch of decisions or the new rule to undo, and the page that the button is on."""

    batch = forms.UUIDField(required=False)
    rule = IdField(required=False)
    next = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        if not self.errors and not (self.cleaned_data["batch"] or self.cleaned_data["rule"]):
            raise ValidationError("Nothing to undo was named")
        return self.cleaned_data


class AnswerForm(ReplyForm):
    """An answer, and the version of the reply that it approves."""

    version = IdField(min_value=1)
