"""The pages around an account speak with the site's own voice, and each leads on to the next."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

pytestmark = pytest.mark.django_db

FOR_GUESTS = {
    "/accounts/login/": "Sign in",
    "/accounts/signup/": "Make an account",
    "/accounts/password/reset/": "Forgotten your password?",
    "/accounts/password/reset/done/": "Look in your mail",
    "/accounts/password/reset/key/1-abc/": "This link no longer works",
    "/accounts/password/reset/key/done/": "Your new password is saved",
    "/accounts/confirm-email/": "Look in your mail",
    "/accounts/confirm-email/abc/": "This link no longer works",
    "/accounts/inactive/": "This account is closed",
}
FOR_MEMBERS = {
    "/accounts/logout/": "Sign out",
    "/accounts/password/change/": "Change the password",
    "/accounts/email/": "Change the address",
    "/accounts/reauthenticate/": "Is it you?",
    "/accounts/confirm-email/abc/": "This link no longer works",
}


def page(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def assert_is_ours(html: str, heading: str) -> None:
    """One heading, the same in the title; a label and no placeholder at each field that shows."""
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert f"<title>{heading} – Samenspraak</title>" in html
    assert "placeholder" not in html
    for field in re.findall(r"<input [^>]*>", html):
        if 'type="hidden"' not in field:
            (name,) = re.findall(r'id="(.*?)"', field)
            assert f'<label for="{name}">' in html


@pytest.mark.parametrize(("path", "heading"), FOR_GUESTS.items())
def test_a_guest_finds_each_page_in_our_words(client: Client, path: str, heading: str) -> None:
    assert_is_ours(page(client, path), heading)


@pytest.mark.parametrize(("path", "heading"), FOR_MEMBERS.items())
def test_a_member_finds_each_page_in_our_words(
    client: Client, make_user: Any, path: str, heading: str
) -> None:
    client.force_login(make_user("ada"))
    assert_is_ours(page(client, path), heading)


def test_somebody_without_a_password_chooses_one(client: Client, make_user: Any) -> None:
    user = make_user("ada")
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert_is_ours(page(client, "/accounts/password/change/"), "Choose a password")


def test_the_pages_lead_to_one_another(client: Client) -> None:
    sign_in = page(client, "/accounts/login/?next=/about/")
    assert 'href="/accounts/signup/?next=%2Fabout%2F"' in sign_in
    assert 'href="/accounts/password/reset/"' in sign_in
    assert '<input type="hidden" name="next" value="/about/">' in sign_in
    assert 'href="/accounts/login/' in page(client, "/accounts/signup/")
    assert 'href="/accounts/login/"' in page(client, "/accounts/password/reset/key/done/")
    assert 'href="/accounts/password/reset/"' in page(client, "/accounts/password/reset/key/1-a/")


def test_a_password_manager_knows_which_field_is_which(client: Client, make_user: Any) -> None:
    def fields(path: str) -> list[str]:
        return re.findall(r'autocomplete="(.*?)"', page(client, path))

    assert fields("/accounts/login/") == ["username", "current-password"]
    assert fields("/accounts/signup/") == ["email", "username", "new-password", "new-password"]
    assert fields("/accounts/password/reset/") == ["email"]
    client.force_login(make_user("ada"))
    assert fields("/accounts/password/change/") == [
        "current-password",
        "new-password",
        "new-password",
    ]


def test_a_wrong_password_is_told_plainly(client: Client, make_user: Any) -> None:
    make_user("ada")
    for login in ("ada", "ada@example.org", "nobody"):
        response = client.post("/accounts/login/", {"login": login, "password": "x"})
        assert "do not belong together" in response.content.decode()


def test_an_address_that_waits_can_be_sent_to_again_or_given_up(
    client: Client, make_user: Any
) -> None:
    client.force_login(make_user("ada"))
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    html = page(client, "/accounts/email/")
    assert_is_ours(html, "Change the address")
    assert "<strong>new@example.org</strong> waits" in html
    assert 'name="action_send"' in html
    client.post("/accounts/email/", {"email": "new@example.org", "action_remove": ""})
    assert "waits" not in page(client, "/accounts/email/")


def test_opening_the_link_asks_before_it_confirms(
    client: Client, sign_up_data: Any, path_in: Any
) -> None:
    client.post("/accounts/signup/", sign_up_data())
    html = page(client, path_in(mail.outbox[0]))
    assert_is_ours(html, "Confirm your address")
    assert "Is <strong>mina@example.org</strong> the address of mina?" in html


def test_mails_say_what_to_do_and_who_writes(
    client: Client, make_user: Any, sign_up_data: Any
) -> None:
    make_user("ada")
    client.post("/accounts/signup/", sign_up_data())
    client.post("/accounts/signup/", sign_up_data(username="other", email="ada@example.org"))
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    client.post("/accounts/password/reset/", {"email": "unknown@example.org"})
    assert [message.subject for message in mail.outbox] == [
        "[Samenspraak] Confirm your e-mail address",
        "[Samenspraak] You have an account already",
        "[Samenspraak] Choose a new password",
        "[Samenspraak] No account belongs to this address",
    ]
    for message in mail.outbox:
        assert str(message.body).endswith("-- \nSamenspraak\nhttp://localhost:8000")


def test_a_changed_password_is_told_by_mail(client: Client, make_user: Any) -> None:
    client.force_login(make_user("ada"))
    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": "correct horse",
            "password1": "a roof & slate",
            "password2": "a roof & slate",
        },
        HTTP_USER_AGENT="Browser & <Co>",
    )
    (message,) = mail.outbox
    assert message.subject == "[Samenspraak] Your password was changed"
    assert "http://localhost:8000/accounts/password/reset/" in str(message.body)
    assert "Browser & <Co>" in str(message.body), "a mail is text, not HTML"


def test_a_changed_address_is_told_to_the_old_one(
    client: Client, make_user: Any, path_in: Any
) -> None:
    client.force_login(make_user("ada"))
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    client.post(path_in(mail.outbox[0]))
    told = mail.outbox[-1]
    assert told.to == ["ada@example.org"]
    assert "tell the people of Samenspraak" in " ".join(str(told.body).split())
