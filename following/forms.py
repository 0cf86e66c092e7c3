"""The forms by which a reader follows a conversation, and changes or ends the wish."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from comments.forms import AddressForm


class FollowForm(AddressForm):
    """Asks an account for nothing: its address is known."""

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            del self.fields["email"]


class WishForm(forms.Form):
    """The buttons of the page that a mailed link leads to; the one that confirms has no name."""

    stop = forms.BooleanField(required=False)
    everything = forms.BooleanField(required=False)
