"""What a reader fills in to be told of replies."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from comments.forms import AddressForm


class FollowForm(AddressForm):
    """For an account nothing is asked: its address is known."""

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            del self.fields["email"]
