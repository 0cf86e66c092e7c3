"""No page repeats a password, whatever its field is called and whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from lxml import html

from accounts.models import User
from tests.conftest import MakeUser

SECRET = "correct horse battery"
ASIDE = "logout"


@pytest.fixture
def chief(make_user: MakeUser) -> User:
    return make_user("chief", is_staff=True, is_superuser=True)


def addresses(resolver: URLResolver, known: dict[str, str], before: str = "/") -> Iterator[str]:
    """Every address of the site that needs nothing, or of which it is `known` what it needs."""
    for pattern in resolver.url_patterns:
        place = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        for needed, value in known.items():
            place = place.replace(needed, value)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, known, place)
        elif isinstance(pattern, URLPattern) and not set(place) & set("<>()[]\\"):
            yield place


def forms_with_a_password(chief: User) -> set[tuple[str, str]]:
    """The address of each such form, and the name of its field, as strangers and as the chief see them."""
    known = {"<path:object_id>": str(chief.pk), "<id>": str(chief.pk), "<int:pk>": str(chief.pk)}
    stranger, signed_in = Client(), Client()
    signed_in.force_login(chief)
    found = set()
    for place in addresses(get_resolver(), known):
        for client in (stranger, signed_in):
            page = client.get(place, follow=True) if ASIDE not in place else None
            if page is None or "text/html" not in page.headers.get("Content-Type", ""):
                continue
            for field in html.fromstring(page.content or b"<p>").xpath("//input[@type='password']"):
                action = field.xpath("ancestor::form/@action")
                found.add(
                    (
                        action[0] if action and action[0] else page.request["PATH_INFO"],
                        field.get("name"),
                    )
                )
    return found


def test_no_form_with_a_password_shows_it_again(chief: User) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    found = forms_with_a_password(chief)
    names = {name for _place, name in found}
    assert {"password", "password1", "password2", "oldpassword"} <= names
    assert f"/admin/accounts/user/{chief.pk}/password/" in {place for place, _name in found}
    for place, name in found:
        sent = {name: SECRET, "remember": "something else"}
        refused = client.post(place, sent)
        assert refused.status_code == 403
        assert SECRET not in refused.text, (place, name)
        assert "something else" in refused.text
        with patch.object(SessionMiddleware, "process_request", side_effect=OperationalError):
            away = Client(raise_request_exception=False).post(place, sent)
        assert away.status_code == 503
        assert SECRET not in away.text, (place, name)


@pytest.mark.parametrize(
    "name",
    [
        "old_password",
        "new_password1",
        "Passwort-password",
        "user-token",
        "otp",
        "code",
        "recovery_codes",
    ],
)
def test_no_page_shows_what_is_called_like_a_secret(db: None, name: str) -> None:
    page = Client(enforce_csrf_checks=True).post("/", {name: SECRET, "reply": "My thoughts"})
    assert page.status_code == 403
    assert SECRET not in page.text
    assert "My thoughts" in page.text
