from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role, roles_of

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/user/"


@pytest.fixture
def administrator(make_user: Any, client: Client) -> User:
    user: User = make_user("root-ish", role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "a long password")


def edit(user: User, **changes: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.email,
        "display_name": user.display_name,
        "roles": [role.value for role in roles_of(user)],
        "is_active": "on",
    } | changes


def test_the_list_shows_names_and_roles(
    client: Client, administrator: User, make_user: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_user(f"writer{number}", role=Role.AUTHOR)
    with django_assert_max_num_queries(10):
        page = client.get(LIST).content.decode()
    assert "writer19" in page
    assert "Administrator" in page


def test_the_list_is_narrowed_by_role(client: Client, administrator: User, make_user: Any) -> None:
    make_user("writer", role=Role.AUTHOR)
    changelist = client.get(LIST, {"role": "Author"}).context["cl"]
    assert [user.username for user in changelist.queryset] == ["writer"]


def test_somebody_new_gets_a_role_and_signs_in_at_once(client: Client, administrator: User) -> None:
    data = {
        "username": "ada",
        "email": "Ada@Example.org",
        "usable_password": "true",
        "password1": "four walls and a lamp",
        "password2": "four walls and a lamp",
        "roles": ["Author"],
    }
    assert client.post(f"{LIST}add/", data).status_code == 302
    ada = User.objects.get(username="ada")
    assert (roles_of(ada), ada.is_staff, ada.email) == ([Role.AUTHOR], True, "ada@example.org")
    newcomer = Client()
    newcomer.post("/accounts/login/", {"login": "ada", "password": "four walls and a lamp"})
    assert newcomer.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "ROOT-ISH"),
        ("email", "Root-Ish@example.org"),
        ("email", ""),
        ("username", "a\x00b"),
        ("roles", "Emperor"),
    ],
)
def test_what_cannot_be_is_told_on_the_page(
    client: Client, administrator: User, make_user: Any, field: str, value: str
) -> None:
    ada = make_user("ada")
    response = client.post(f"{LIST}{ada.pk}/change/", edit(ada, **{field: value}))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors
    assert User.objects.filter(username="ada", email="ada@example.org").exists()


def test_roles_are_given_and_taken(client: Client, administrator: User, make_user: Any) -> None:
    ada = make_user("ada")
    url = f"{LIST}{ada.pk}/change/"
    client.post(url, edit(ada, roles=["Editor", "Moderator"]))
    ada.refresh_from_db()
    assert (roles_of(ada), ada.is_staff) == ([Role.EDITOR, Role.MODERATOR], True)
    checked = client.get(url).context["adminform"].form["roles"].value()
    assert checked == [Role.EDITOR, Role.MODERATOR]
    client.post(url, edit(ada, roles=[]))
    ada.refresh_from_db()
    assert (roles_of(ada), ada.is_staff) == ([], False)


def test_a_new_address_replaces_the_old_one_for_signing_in(
    client: Client, administrator: User, make_user: Any
) -> None:
    ada = make_user("ada")
    client.post(f"{LIST}{ada.pk}/change/", edit(ada, email="okafor@example.org"))
    (address,) = ada.emailaddress_set.all()
    assert (address.email, address.verified, address.primary) == ("okafor@example.org", True, True)


def test_an_administrator_makes_no_superuser(
    client: Client, administrator: User, make_user: Any
) -> None:
    for user in (administrator, make_user("ada")):
        data = edit(user, is_superuser="on", is_staff="on", user_permissions=["1"])
        assert client.post(f"{LIST}{user.pk}/change/", data).status_code == 302
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(user_permissions__isnull=False).exists()


def test_an_administrator_changes_no_superuser(
    client: Client, administrator: User, superuser: User
) -> None:
    page = f"{LIST}{superuser.pk}/"
    assert client.get(f"{page}change/").status_code == 200
    data = edit(superuser, email="mine@example.org")
    assert client.post(f"{page}change/", data).status_code == 403
    passwords = {"password1": "my own password", "password2": "my own password"}
    assert client.post(f"{page}password/", passwords).status_code == 403
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [superuser.pk], "post": "yes"}
    client.post(LIST, bulk)
    superuser.refresh_from_db()
    assert superuser.email == "chief@example.org"
    assert superuser.check_password("a long password")


def test_an_administrator_deletes_an_ordinary_account(
    client: Client, administrator: User, make_user: Any
) -> None:
    ada = make_user("ada")
    client.post(f"{LIST}{ada.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(username="ada").exists()


def test_a_superuser_makes_and_unmakes_superusers(
    client: Client, superuser: User, make_user: Any
) -> None:
    ada = make_user("ada")
    client.force_login(superuser)
    url = f"{LIST}{ada.pk}/change/"
    client.post(url, edit(ada, is_superuser="on"))
    ada.refresh_from_db()
    assert (ada.is_superuser, ada.is_staff) == (True, True)
    client.post(url, edit(ada))
    ada.refresh_from_db()
    assert (ada.is_superuser, ada.is_staff) == (False, False)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_accounts_are_closed_to_every_other_role(
    client: Client, make_user: Any, role: Role
) -> None:
    user = make_user("ada", role=role)
    client.force_login(user)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{user.pk}/change/").status_code == 403
    assert client.post(f"{LIST}add/", {}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/admin/auth/group/", "/admin/account/emailaddress/", "/admin/auth/permission/"]
)
def test_there_is_no_other_way_to_rights_or_addresses(
    client: Client, superuser: User, path: str
) -> None:
    client.force_login(superuser)
    assert client.get(path).status_code == 404
