"""Rate limits, counted in the cache."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.ratelimit import respond_429
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.mailboxes import person_behind
from web.client_address import client_address, wider_network
from web.ratelimit import TIMES_FOR_A_NETWORK, count

A_MINUTE, A_DAY = 60, 24 * 60 * 60
MAILS_A_DAY, MAILS_FOR_ONE_ASKER = 5, 3
ENOUGH_MAILS = _("This address was sent many mails today. Try again tomorrow.")
# A kind of mails with its own count, so that asking for passwords does not block signing up.
SIGNING_UP = "signing up"
# The most POSTs that one address may send of any form (allauth's limits).
MOST_OF_AN_ADDRESS = 30


def has_enough_mails(email: str, *, kind: str, asker: str) -> bool:
    """Count a mail of a kind to an address; return whether today's share is used up.

    One asker, by network address, can use only a part of the share, so the owner keeps the rest.
    """
    keys = _keys_of_mails(email, kind, asker)
    # No short circuit: each key must count.
    over = [count(key, seconds=A_DAY) > most for key, most in keys.items()]
    return any(over)


def would_be_too_many_mails(email: str, *, kind: str, asker: str) -> bool:
    """Return whether one more mail would exceed the share. Reveals nothing about accounts."""
    keys = _keys_of_mails(email, kind, asker)
    return any((cache.get(key) or 0) >= most for key, most in keys.items())


def _keys_of_mails(email: str, kind: str, asker: str) -> dict[str, int]:
    share = f"{timezone.localdate()} {kind} {person_behind(email)}"
    of_asker = f"accounts:mails:{_hashed(f'{share} {asker}')}"
    return {f"accounts:mails:{_hashed(share)}": MAILS_A_DAY, of_asker: MAILS_FOR_ONE_ASKER}


class LimitNetworks:
    """Answers 429 if the account pages get too many forms from one IPv6 network.

    allauth counts by /64, and the owner of a /56 or /48 has many of those.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path.startswith("/accounts/") and _is_over(request):
            return respond_429(request)
        return self.get_response(request)


def _is_over(request: HttpRequest) -> bool:
    network = wider_network(client_address(request))
    if not network:
        return False
    minute = f"{timezone.now().timestamp() // A_MINUTE:.0f}"
    number = count(f"accounts:network:{_hashed(f'{minute} {network}')}", seconds=A_MINUTE)
    return number > MOST_OF_AN_ADDRESS * TIMES_FOR_A_NETWORK


def _hashed(words: str) -> str:
    return salted_hmac("accounts.ratelimit", words, algorithm="sha256").hexdigest()[:32]
