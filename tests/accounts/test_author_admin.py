from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/author/"
NO_LINKS = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUTHOR])
def test_a_writer_changes_the_own_byline_only(
    client: Client, make_user: Any, make_author: Any, role: Role
) -> None:
    user, other = make_user("ada", role=role), make_author("Bo")
    client.force_login(user)
    data = {"name": "Changed", "slug": "changed", "user": ""} | NO_LINKS
    assert client.post(f"{LIST}{user.author.pk}/change/", data).status_code == 302
    assert client.get(f"{LIST}{other.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{other.pk}/change/", data).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{user.author.pk}/delete/", {"post": "yes"}).status_code == 403
    mine = Author.objects.get(user=user)
    assert (mine.name, mine.slug) == ("Changed", "ada"), "the address and the account stay"
    assert Author.objects.get(pk=other.pk).name == "Bo"


def test_an_editor_keeps_every_byline_but_lends_no_account(
    client: Client, make_user: Any, make_author: Any
) -> None:
    editor, author = make_user("ed", role=Role.EDITOR), make_author("Bo")
    client.force_login(editor)
    data = {"name": "Bo Berg", "slug": "bo-berg", "user": editor.pk} | NO_LINKS
    assert client.post(f"{LIST}{author.pk}/change/", data).status_code == 302
    author.refresh_from_db()
    assert (author.name, author.slug, author.user) == ("Bo Berg", "bo-berg", None)
    assert client.post(f"{LIST}add/", {"name": "Guest"} | NO_LINKS).status_code == 302
    assert Author.objects.get(slug="guest")
    assert client.post(f"{LIST}{author.pk}/delete/", {"post": "yes"}).status_code == 302


def test_an_administrator_ties_a_byline_to_an_account(
    client: Client, make_user: Any, make_author: Any
) -> None:
    author, ada = make_author("Ada"), make_user("ada")
    client.force_login(make_user("boss", role=Role.ADMINISTRATOR))
    data = {"name": "Ada", "slug": "ada", "user": ada.pk} | NO_LINKS
    client.post(f"{LIST}{author.pk}/change/", data)
    assert Author.objects.get().user == ada


def test_links_and_portrait_are_part_of_the_page(
    client: Client, make_user: Any, make_upload: Any
) -> None:
    user = make_user("ada", role=Role.AUTHOR)
    client.force_login(user)
    links = {
        "links-TOTAL_FORMS": "1",
        "links-INITIAL_FORMS": "0",
        "links-0-label": "Code",
        "links-0-url": "https://code.example/ada",
        "links-0-position": "0",
    }
    data = {"name": "Ada", "portrait": make_upload(name="me.exe")} | links
    assert client.post(f"{LIST}{user.author.pk}/change/", data).status_code == 302
    author = Author.objects.get()
    assert (author.portrait.width, author.links.get().label) == (512, "Code")


def test_a_portrait_that_is_none_is_refused_at_its_field(client: Client, make_user: Any) -> None:
    user = make_user("ada", role=Role.AUTHOR)
    client.force_login(user)
    fake = SimpleUploadedFile("me.png", b"<script>", content_type="image/png")
    response = client.post(
        f"{LIST}{user.author.pk}/change/", {"name": "Ada", "portrait": fake} | NO_LINKS
    )
    assert response.context["adminform"].form.errors.keys() == {"portrait"}


def test_a_moderator_sees_no_bylines(client: Client, mo: User, make_author: Any) -> None:
    author = make_author("Bo")
    client.force_login(mo)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{author.pk}/change/").status_code == 403


def test_writers_find_fellow_writers_for_a_shared_post(
    client: Client, make_user: Any, make_author: Any
) -> None:
    make_author("Bo Berg")
    client.force_login(make_user("ada", role=Role.CONTRIBUTOR))
    changelist = client.get(LIST, {"q": "berg"}).context["cl"]
    assert [author.name for author in changelist.queryset] == ["Bo Berg"]
