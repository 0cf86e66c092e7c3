"""What allauth does our way."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from accounts.addresses import client_address
from accounts.models import User
from accounts.names import RESERVED_USERNAMES


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        """By our rule: allauth's own answers 500 where a proxy is missing. The unknown share one limit."""
        return client_address(request) or "unknown"

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if username.lower() in RESERVED_USERNAMES:
            raise self.validation_error("username_blacklisted")
        return super().clean_username(username, shallow=shallow)

    def clean_email(self, email: str) -> str:
        """Forms take longer ones than the column, and allauth would cut them to an address of nobody."""
        User._meta.get_field("email").run_validators(email)
        return super().clean_email(email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")


def shown_name(user: User) -> str:
    return user.public_name
