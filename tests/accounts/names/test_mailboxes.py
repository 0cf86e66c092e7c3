"""One mailbox has one spelling: in tables of known cases, and whatever Hypothesis thinks of."""

from __future__ import annotations

from typing import Any

import idna
import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.mailboxes import domain_in_ascii, mailbox_of, person_behind
from accounts.models import User
from tests.conftest import MakeUser

SPELLINGS = {
    "victim@example.org": [
        "Victim@Example.ORG",
        "victim@e\u00adxample.org",
        "victim@e\u2060xample.org",
        "victim@\uff45xample.org",
        "victim@example\u3002org",
        "victim@\U0001d41examp\u200ble.org",
    ],
    "jan@xn--strae-oqa.de": ["jan@straße.de", "JAN@STRAẞE.DE", "jan@XN--STRAE-OQA.de"],
    "jan@strasse.de": ["jan@Strasse.de"],
    "jan@xn--mnchen-3ya.de": ["jan@münchen.de", "jan@mu\u0308nchen.de", "jan@MÜNCHEN.de"],
    "jan@xn--r8jz45g.xn--zckzah": ["jan@例え.テスト"],
}
NO_MAIL_GETS_THERE = [
    "root@localhost",
    "root@db.localhost",
    "root@example",
    "root@[127.0.0.1]",
    "root@[IPv6:2001:db8::1]",
    "root@192.0.2.44",
    "ro\u0001ot@example.org",
    '"ro\u0001ot"@example.org',
    '"root"@example.org',
    "ro\u200bot@example.org",
    "\uff52oot@example.org",
    "\u212aoot@example.org",
    f"{'x' * 65}@example.org",
    f"root@{'x' * 64}.org",
    f"root@{'münchen' * 9}.org",
    "root@exam\u200dple.org",
    "root@example.org.",
    "ro..ot@example.org",
    "root@xn--example-.org",
    "x@☃.net",
    "x@xn--n3h.net",
    "x@xn--a-ecp.ru",
]
PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
DOMAINS = st.one_of(
    PRINTABLE,
    st.text("aAeEß\u00ad\u200c\u200d\u2060ｅ\u0308ü.。xn-1ſKИи", min_size=1, max_size=15),
)


@pytest.mark.parametrize(
    ("spelling", "mailbox"),
    [(spelling, mailbox) for mailbox, all_of_it in SPELLINGS.items() for spelling in all_of_it],
)
def test_a_mailbox_has_one_spelling(spelling: str, mailbox: str) -> None:
    assert mailbox_of(spelling) == mailbox


@given(PRINTABLE, DOMAINS)
def test_spelling_it_anew_changes_nothing(name: str, domain: str) -> None:
    once = mailbox_of(f"{name}@{domain}")
    assert mailbox_of(once) == once
    person = person_behind(once)
    assert person_behind(person) == person


# So few letters that two domains are often the same.
@given(
    st.text("aAsSßẞuüÜ\u0308\u00ad\u2060.。", max_size=4), DOMAINS | st.text("aAsSßüÜ", max_size=3)
)
def test_domains_are_the_same_if_and_only_if_unicode_says_so(one: str, other: str) -> None:
    try:
        spelled = domain_in_ascii(one), domain_in_ascii(other)
    except ValueError:
        return
    assert spelled[0].isascii()
    assert (spelled[0] == spelled[1]) == (mapped(one) == mapped(other))


def mapped(domain: str) -> str:
    """What UTS 46, 4 (Processing) makes of it, in Unicode."""
    labels = idna.uts46_remap(domain, std3_rules=False, transitional=False).split(".")
    return ".".join(idna.ulabel(label) if label.startswith("xn--") else label for label in labels)


@given(st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True), st.text("abc+", max_size=9))
def test_what_stands_behind_a_plus_sign_makes_no_other_person(name: str, tag: str) -> None:
    assert person_behind(f"{name}+{tag}@example.org") == f"{name}@example.org"
    assert mailbox_of(f"{name}+{tag}@example.org") == f"{name}+{tag}@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize("address", NO_MAIL_GETS_THERE)
@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_an_account_needs_an_address_that_can_be_mailed(
    client: Client, sign_up_data: Any, path: str, address: str
) -> None:
    page = client.post(path, sign_up_data(email=address))
    assert page.context["form"].errors["email"] == ["Enter a valid email address."]
    assert (User.objects.count(), mail.outbox) == (0, [])


@pytest.mark.django_db
def test_an_account_is_found_by_every_spelling_of_its_address(
    client: Client, sign_up_data: Any, path_in: Any
) -> None:
    client.post("/accounts/signup/", sign_up_data(email="Mina@Straße.de"))
    (message,) = mail.outbox
    assert message.to == ["mina@xn--strae-oqa.de"]
    client.post(path_in(message))
    taken = sign_up_data(username="another", email="mina@XN--strae-oqa.de")
    Client().post("/accounts/signup/", taken)
    assert User.objects.count() == 1
    client.logout()
    login = {"login": "mina@STRAẞE.de", "password": sign_up_data()["password1"]}
    client.post("/accounts/login/", login)
    assert get_user(client).is_authenticated
    client.logout()
    client.post("/accounts/login/", login | {"login": "mina@strasse.de"})
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
def test_an_address_that_only_this_machine_knows_may_stay(
    client: Client, make_user: MakeUser
) -> None:
    client.force_login(User.objects.create_superuser("root", "root@localhost", "correct horse"))
    root = User.objects.get()
    page = f"/admin/accounts/user/{root.pk}/change/"
    kept = {"username": "root", "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    kept |= {"display_name": "Wortel", "reply_mails": "each", "email": "root@localhost"}
    client.post(page, kept)
    root.refresh_from_db()
    assert root.display_name == "Wortel"
    answer = client.post(page, kept | {"email": "toor@localhost"})
    assert answer.context["adminform"].form.errors["email"] == ["Enter a valid email address."]
