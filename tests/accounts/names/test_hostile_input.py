"""Every account page with every field full of what no person types: clear answers, never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/reauthenticate/",
    "/accounts/email/",
    "/accounts/confirm-email/",
    "/accounts/password/change/",
    "/accounts/password/set/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/profile/",
    "/accounts/inactive/",
    "/accounts/logout/",
]
FIELDS = (
    *(
        "login",
        "username",
        "email",
        "password",
        "password1",
        "password2",
        "oldpassword",
        "remember",
    ),
    *("next", "display_name", "name", "biography", "website"),
    *("portrait", "portrait-clear", "own-portrait", "own-portrait-clear"),
    *("action_add", "action_send", "action_remove", "action_primary"),
    *("links-TOTAL_FORMS", "links-INITIAL_FORMS", "links-0-id", "links-0-url"),
)
VALUES = {
    "nul": "a\x00b",
    "long": "a" * 60_000,
    "surrogate": "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    "bidi": "\u202e\u2066x",
    "markup": "<script>alert(1)</script>{{ 7 }}{% now %}%s%(x)s",
    "newline": "a\r\nSet-Cookie: x=y",
    "number": "9" * 40,
    "empty": "",
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed-in", "stranger"])
def test_no_page_breaks(
    client: Client, make_user: Any, signed_in: bool, value: str, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    data = dict.fromkeys(FIELDS, value)
    if signed_in:
        client.force_login(make_user("ada"))
        client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    for path in PAGES:
        for response in (client.get(path, data), client.post(path, data)):
            assert response.status_code < 500, (path, response.request["REQUEST_METHOD"])
            assert "Set-Cookie: x" not in str(response.headers)


@pytest.mark.parametrize("path", PAGES)
def test_a_form_without_its_token_is_refused(make_user: Any, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("ada"))
    assert client.post(path, {"login": "ada"}).status_code == 403
