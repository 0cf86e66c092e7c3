"""The forms of the conversation: what a person types or presses to reply, edit, thank or lead."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.fields import MailboxField, NameField
from accounts.models import User
from accounts.names import validate_name, without_piles, without_turns
from comments.models import LONGEST_BODY
from markup import shows_something
from web.fields import IdField, LinesField

# The last moment that is accepted, in milliseconds: the last one before the year 3000.
LATEST_MOMENT = 32_503_680_000_000 - 1
# All control characters except tabs and line ends.
CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
GUEST_FIELDS = ("name", "email", "website", "remember")
NOTHING_WRITTEN = _("Please write something first.")


def validate_written(text: str) -> None:
    if not shows_something(text):
        raise ValidationError(NOTHING_WRITTEN)


class TextField(LinesField):
    """A text without control characters, which nobody types or sees."""

    def to_python(self, value: Any) -> str:
        return without_piles(without_turns(CONTROLS.sub("", super().to_python(value))))


class WebAddressField(forms.URLField):
    # For browsers a backslash ends the host; for Python the host goes on after it.
    default_validators = [
        URLValidator(schemes=["http", "https"]),
        RegexValidator(r"\\", message=URLValidator.message, inverse_match=True),
    ]


class PlainForm(forms.Form):
    """Labels without a colon; `ids` keeps the fields of two forms on one page apart."""

    ids = "reply-%s"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": self.ids, "label_suffix": ""} | kwargs)


class ReplyForm(PlainForm):
    """The reply form. An account is asked for the text only; `user` is the writer."""

    reply = TextField(
        label=_("Your reply"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        validators=[validate_written],
        error_messages={"required": NOTHING_WRITTEN},
    )
    name = NameField(
        label=_("Name"),
        max_length=60,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = MailboxField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("It is never shown."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = WebAddressField(
        label=_("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        # A browser's own check would refuse the "example.org" that people type.
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )
    answers = forms.BooleanField(label=_("Mail me when somebody answers"), required=False)
    remember = forms.BooleanField(
        label=_("Remember my name and addresses on this device"), required=False
    )

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            for name in GUEST_FIELDS:
                del self.fields[name]


class NumberField(IdField):
    """A hidden id or version; anything invalid is 0, which no row has."""

    def clean(self, value: Any) -> int | None:
        try:
            return super().clean(value)
        except ValidationError:
            return 0


class KeyField(forms.UUIDField):
    """The key of one form, the same however often it is sent; a new one for anything invalid."""

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()


class HiddenReplyForm(forms.Form):
    """What the reply form holds unseen: the id of the reply being answered, and the form's key."""

    to = NumberField(required=False)
    key = KeyField(required=False)


class EditForm(PlainForm):
    """The new text of a reply, and the version that is shown above the form."""

    reply = ReplyForm.base_fields["reply"]
    seen = NumberField(required=False)


class ConfirmForm(forms.Form):
    """The version of the reply that was shown beside the button."""

    version = NumberField(required=False)


class NewLinkForm(forms.Form):
    """The button that asks for a new link in place of one that is too old."""

    again = forms.BooleanField()


class ThanksForm(forms.Form):
    """The reply that a reader thanks for (`give`) or takes the thanks back from (`take`)."""

    give = IdField(required=False)
    take = IdField(required=False)

    @property
    def reply(self) -> int | None:
        chosen = self.cleaned_data["give"], self.cleaned_data["take"]
        return next((pk for pk in chosen if pk is not None), None)


class LeadForm(forms.Form):
    """The pressed button: it changes the conversation, or pins or unpins one of its replies."""

    OF_THE_POST = ("pause", "resume", "close", "reopen")
    OF_A_REPLY = ("pin", "unpin")

    pause = resume = close = reopen = forms.CharField(required=False)
    pin = unpin = IdField(required=False)

    @property
    def pressed(self) -> str:
        """Return the button's name; "" for an unknown one."""
        names = (*self.OF_THE_POST, *self.OF_A_REPLY)
        return next((name for name in names if name in self.data), "")


class MarkReadForm(forms.Form):
    """The moment up to which a conversation was read, in milliseconds since 1970."""

    until = IdField(max_value=LATEST_MOMENT)


class AddressForm(PlainForm):
    """Asks for an e-mail address to which a link is mailed."""

    ids = "mail-%s"
    email = MailboxField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
