"""How often something is done: counted in the cache, and forgotten with it."""

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
# A kind of mails with a count of its own, so that asking for passwords keeps nobody from signing up.
SIGNING_UP = "signing up"
# The most that one address may send of any form (allauth's limits).
MOST_OF_AN_ADDRESS = 30


def has_enough_mails(email: str, *, kind: str, asker: str) -> bool:
    """Whether an address was sent its share of today, of mails of a kind; this call counts as a mail.

    Of that share one asker, by network address, has not all, so as not to take it from its owner.
    """
    keys = _keys_of_mails(email, kind, asker)
    # Each counts, whatever the other says.
    over = [count(key, seconds=A_DAY) > most for key, most in keys.items()]
    return any(over)


def would_be_too_many_mails(email: str, *, kind: str, asker: str) -> bool:
    """Whether the next one would be more than its share. Says nothing of whether there is an account."""
    keys = _keys_of_mails(email, kind, asker)
    return any((cache.get(key) or 0) >= most for key, most in keys.items())


def _keys_of_mails(email: str, kind: str, asker: str) -> dict[str, int]:
    share = f"{timezone.localdate()} {kind} {person_behind(email)}"
    of_asker = f"accounts:mails:{_hashed(f'{share} {asker}')}"
    return {f"accounts:mails:{_hashed(share)}": MAILS_A_DAY, of_asker: MAILS_FOR_ONE_ASKER}


class LimitNetworks:
    """Answers 429 where the pages of accounts are sent too many forms from one IPv6 network.

    allauth counts by /64; whoever has a /56 or /48 has as many limits as they like.
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
