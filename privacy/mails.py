"""The mail with a link to everything that one person wrote here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from comments.mail_links import MINE
from outbox.composing import absolute, compose

# The kind of mail, for the outbox.
MY_REPLIES = "my_replies"


def my_replies(
    *, email: str, language: str, as_guest: bool, in_account: bool
) -> EmailMultiAlternatives:
    """The mail to an address that somebody asked about, with links to what was written with it."""
    context: dict[str, Any] = {}
    if as_guest:
        context["link"] = absolute(reverse("privacy:replies", args=[MINE.sign(email)]))
    if in_account:
        mine = urlencode({"next": reverse("privacy:my_replies")}, safe="/")
        context["sign_in"] = absolute(f"{reverse('account_login')}?{mine}")
    return compose("privacy/mail/my_replies", context, to=email, language=language)
