"""Changes to allauth's behaviour."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.attempts import count_attempt, forget_attempts, remember_browser
from accounts.models import User
from accounts.names import RESERVED_USERNAMES
from accounts.ratelimit import SIGNING_UP, has_enough_mails
from site_settings.choices import SignUp
from site_settings.reading import site
from web.client_address import client_address

WRONG = _("The name and the password do not belong together. Look at both once more.")


OF_SIGNING_UP = ("account/email/email_confirmation_signup", "account/email/account_already_exists")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "duplicate_email": _("This is your address already."),
        "username_blacklisted": _("This user name is taken."),
        "too_many_login_attempts": _("Too many attempts went wrong. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return site.sign_up == SignUp.ANYBODY

    def format_email_subject(self, subject: str) -> str:
        return f"[{site.name}] {subject}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address by our rule: allauth's answers 500 if a proxy is missing."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Replaces allauth's count, by which anybody can lock out anybody."""
        self._login_failed_rl_usage = count_attempt(request, *_names(credentials))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Sign in. The attempt was counted before, for parallel guesses; an error undoes that."""
        self._login_failed_rl_usage = None
        try:
            return super().authenticate(request, **credentials)
        except Exception:
            self._rollback_login_failed_rl_usage()
            raise

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget attempts after a new password was set by a link in a mail."""
        forget_attempts(request, *_names(credentials))

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        remember_browser(request, response, user)
        return response

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if username.lower() in RESERVED_USERNAMES:
            raise self.validation_error("username_blacklisted")
        return super().clean_username(username, shallow=shallow)

    def clean_email(self, email: str) -> str:
        """Refuse an address longer than the column: allauth would cut it to a different address."""
        User._meta.get_field("email").run_validators(email)
        return super().clean_email(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that links to the site's public address, whichever host the request named.

        An address that no user has confirmed gets five mails of a kind a day, whoever requests
        them.
        """
        is_proven = User.objects.who_proved(email) is not None
        kind = SIGNING_UP if template_prefix in OF_SIGNING_UP else "other"
        has_enough = has_enough_mails(email, kind=kind, asker=client_address(self.request))
        if has_enough and not is_proven:
            return
        here, home = self.request.build_absolute_uri("/"), f"{settings.PARLEY_URL}/"
        led = {
            name: value.replace(here, home, 1) if isinstance(value, str) else value
            for name, value in context.items()
        }
        if not is_proven:
            # Somebody else may have made up the name.
            led["username"] = ""
        super().send_mail(template_prefix, email, led | {"site_url": settings.PARLEY_URL})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")


def _names(credentials: dict[str, Any]) -> list[str]:
    """Return the name or address that was typed, or both for a signed-in user."""
    given = [credentials[kind] for kind in ("username", "email") if credentials.get(kind)]
    return list(dict.fromkeys(given))


def shown_name(user: User) -> str:
    return user.public_name
