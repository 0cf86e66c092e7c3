from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.views import SignUp

pytestmark = pytest.mark.django_db
URL = "/accounts/signup/"


def test_a_newcomer_confirms_the_address_and_then_signs_in(
    client: Client, sign_up_data: Any, path_in: Any
) -> None:
    data = sign_up_data()
    assert client.post(URL, data)["Location"] == "/accounts/confirm-email/"
    sign_in = {"login": data["email"], "password": data["password1"]}
    assert client.post("/accounts/login/", sign_in)["Location"] == "/accounts/confirm-email/"
    assert not get_user(client).is_authenticated

    (message,) = mail.outbox
    assert message.to == ["mina@example.org"]
    assert message.subject.startswith("[Samenspraak] ")
    confirmation = path_in(message)
    assert client.get(confirmation).status_code == 200
    assert not User.objects.get().emailaddress_set.get().verified, (
        "opening the mail's link is not confirming"
    )
    client.post(confirmation)
    assert User.objects.get().emailaddress_set.get().verified

    client.post("/accounts/login/", sign_in)
    assert get_user(client) == User.objects.get(username="mina")


def test_mails_lead_to_the_public_address_by_whichever_host_one_came(
    client: Client, sign_up_data: Any, make_user: Any, settings: Any
) -> None:
    settings.PARLEY_URL = "https://blog.example.org"
    make_user("ada")
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    client.post(URL, sign_up_data())
    client.post(URL, sign_up_data(username="another", email="ada@example.org"))
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        assert "https://blog.example.org/accounts/" in message.body
        assert "127.0.0.1" not in message.body


def test_a_newcomer_has_no_role(client: Client, sign_up_data: Any) -> None:
    client.post(URL, sign_up_data() | {"is_staff": "on", "is_superuser": "on", "roles": "Editor"})
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)


def test_a_known_address_in_other_capitals_tells_only_its_owner(
    client: Client, sign_up_data: Any, make_user: Any
) -> None:
    make_user("mina")
    response = client.post(URL, sign_up_data(username="another", email="MINA@Example.ORG"))
    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert mail.outbox[0].to == ["mina@example.org"]
    assert "/accounts/confirm-email/" not in mail.outbox[0].body


def test_a_known_user_name_in_other_capitals_is_taken(
    client: Client, sign_up_data: Any, make_user: Any
) -> None:
    make_user("mina")
    response = client.post(URL, sign_up_data(username="MiNa", email="other@example.org"))
    assert response.context["form"].errors.keys() == {"username"}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "username",
    [
        *("admin", "ADMIN", "Moderator", "webmaster"),
        *("mina@example.org", "mi na", "mi\x00na", "mi\nna", "аdmin", "ada\u202e", "_ada", "ada."),
        *("mi", "m" * 61, "m" * 100_000, "🙂🙂🙂", "   "),
    ],
)
def test_a_user_name_that_is_reserved_or_odd_is_refused(
    client: Client, sign_up_data: Any, username: str
) -> None:
    response = client.post(URL, sign_up_data(username=username))
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"username"}
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "mina\x00@example.org"),
        ("email", "m" * 300 + "@example.org"),
        ("email", "mina@example.org\r\nBcc: all@example.org"),
        ("email", "mina"),
        ("email", ""),
        ("password1", "four walls\x00and a lamp"),
        ("password1", "short"),
        ("password1", "1234567890"),
    ],
)
def test_bad_input_comes_back_with_a_message_at_the_field(
    client: Client, sign_up_data: Any, field: str, value: str
) -> None:
    response = client.post(URL, sign_up_data(**{field: value}))
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert not User.objects.exists()
    assert not mail.outbox


def test_bytes_that_are_no_text_are_no_server_error(client: Client, sign_up_data: Any) -> None:
    body = b"email=\xff\xfe@example.org&username=\xc3\x28&password1=\xed\xa0\x80&password2=x"
    response = client.post(URL, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert not User.objects.exists()


def test_a_double_click_makes_one_account_and_no_server_error(
    client: Client, sign_up_data: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin is saved between this request's looking and its writing."""
    look = SignUp.form_valid

    def look_late(view: SignUp, form: Any) -> Any:
        User.objects.get_or_create(username="mina", email="mina@example.org")
        return look(view, form)

    monkeypatch.setattr(SignUp, "form_valid", look_late)
    response = client.post(URL, sign_up_data())
    assert response.status_code == 200
    assert "username" in response.context["form"].errors
    assert User.objects.count() == 1


def test_somebody_signed_in_is_led_away(client: Client, make_user: Any) -> None:
    client.force_login(make_user())
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("key", ["nonsense", "MQ:1abc:def", "%00", "é", "a" * 3000])
def test_a_confirmation_that_is_not_ours_is_a_clear_page(client: Client, key: str) -> None:
    assert client.get(f"/accounts/confirm-email/{key}/").status_code in {200, 400, 404}
    assert client.post(f"/accounts/confirm-email/{key}/").status_code in {400, 404}
