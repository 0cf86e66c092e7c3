"""Each role before each page and action of the admin: what the table of roles grants, and nothing else.

What is expected follows from `accounts.roles.PERMISSIONS`; a model that is newly registered is
covered at once, and fails until `make_thing` can make one.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Author, User
from accounts.roles import PERMISSIONS, Role
from background.models import Task
from blog.models import Byline, Post
from comments.models import Comment
from images.models import Image
from site_settings.models import SiteSettings
from tests.moderation.conftest import button

pytestmark = pytest.mark.django_db
# The settings have pages of their own (`tests.site_settings`).
MODELS = sorted(admin.site._registry.keys() - {SiteSettings}, key=lambda model: model._meta.label)
BY_LABEL = [pytest.param(model, id=model._meta.label) for model in MODELS]

# Models of which people have their own, and the permission that opens those of others.
OF_OTHERS = {
    Author: "accounts.change_any_author",
    Comment: "comments.moderate_comment",
    Image: "images.change_any_image",
    Post: "blog.change_any_post",
}
# Those of which only one's own are even seen.
HIDDEN = {Comment, Post}


def grants(role: Role, verb: str, model: type[Model]) -> bool:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}" in PERMISSIONS[role]


def expected(role: Role, model: type[Model], *, own: bool) -> set[str]:
    """What the role may do with one thing, by the table: see, change, delete."""
    if model is Comment:
        decides = grants(role, "moderate", Comment) or (
            own and grants(role, "moderate_own", Comment)
        )
        return {"see", "change"} if decides else set()
    theirs = model not in OF_OTHERS or OF_OTHERS[model] in PERMISSIONS[role]
    rights = {verb for verb in ("change", "delete") if grants(role, verb, model)}
    rights = rights if own or theirs else set()
    seen = grants(role, "view", model) and (own or theirs or model not in HIDDEN)
    return rights | {"see"} if seen else rights


def expected_actions(role: Role, model: type[Model]) -> set[str]:
    names = set(own_actions(model))
    if model is Comment:
        return names if "see" in expected(role, Comment, own=True) else set()
    if model is Task:
        return names if grants(role, "view", Task) else set()
    chosen = names if model is Post and grants(role, "publish", Post) else set()
    return chosen | {"delete_selected"} if grants(role, "delete", model) else chosen


def own_actions(model: type[Model]) -> list[str]:
    return [str(name) for name in admin.site._registry[model].actions or ()]


def page(model: type[Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def refused(response: Any) -> bool:
    """Forbidden, or as for a thing that is not there: 404, or back to the front of the admin."""
    return response.status_code in {403, 404} or response.headers.get("Location") == "/admin/"


def row(thing: Model) -> Any:
    return type(thing)._default_manager.filter(pk=thing.pk).values().first()


@pytest.mark.parametrize("model", BY_LABEL)
@pytest.mark.parametrize("role", Role)
def test_the_list_and_the_empty_form(
    client: Client, make_user: Any, role: Role, model: type[Model]
) -> None:
    client.force_login(make_user("ada", role=role))
    may_see = bool(expected(role, model, own=True))
    assert client.get(page(model, "changelist")).status_code == (200 if may_see else 403)
    may_add = grants(role, "add", model) and model is not Comment
    assert client.get(page(model, "add")).status_code == (200 if may_add else 403)
    assert (client.post(page(model, "add"), {}).status_code == 403) is not may_add


@pytest.mark.parametrize("own", [True, False], ids=["own", "of-others"])
@pytest.mark.parametrize("model", BY_LABEL)
@pytest.mark.parametrize("role", Role)
def test_the_pages_of_one_thing(
    client: Client, make_user: Any, make_thing: Any, role: Role, model: type[Model], own: bool
) -> None:
    user = make_user("ada", role=role)
    thing = make_thing(model, user if own else None)
    client.force_login(user)
    rights = expected(role, model, own=own)
    before = row(thing)
    for name in ("change", "history"):
        assert refused(client.get(page(model, name, thing.pk))) is not bool(rights), name
    if model is not Comment:
        sent = client.post(page(model, "change", thing.pk), {})
        assert refused(sent) is ("change" not in rights)
    assert row(thing) == before, "an empty form changes nothing"
    for answer in (client.get, client.post):
        response = answer(page(model, "delete", thing.pk))
        assert refused(response) is ("delete" not in rights)
    assert row(thing) == before, "deleting takes a yes"
    client.post(page(model, "delete", thing.pk), {"post": "yes"})
    assert (row(thing) is None) is ("delete" in rights)


@pytest.mark.parametrize("model", BY_LABEL)
@pytest.mark.parametrize("role", Role)
def test_the_list_offers_the_actions_of_the_role(
    client: Client, make_user: Any, make_thing: Any, role: Role, model: type[Model]
) -> None:
    user = make_user("ada", role=role)
    make_thing(model, user)
    client.force_login(user)
    response = client.get(page(model, "changelist"))
    form = response.context["action_form"] if response.status_code == 200 else None
    offered = {name for name, _ in form.fields["action"].choices if name} if form else set()
    assert offered == expected_actions(role, model)


def every_action() -> list[Any]:
    pairs = [(model, name) for model in MODELS for name in (*own_actions(model), "delete_selected")]
    return [pytest.param(*pair, id=f"{pair[0]._meta.label}-{pair[1]}") for pair in pairs]


@pytest.mark.parametrize("own", [True, False], ids=["own", "of-others"])
@pytest.mark.parametrize(("model", "action"), every_action())
@pytest.mark.parametrize("role", Role)
def test_an_action_works_for_whom_it_is_offered_and_for_nobody_else(
    client: Client,
    make_user: Any,
    make_thing: Any,
    role: Role,
    model: type[Model],
    action: str,
    own: bool,
) -> None:
    user = make_user("ada", role=role)
    thing = make_thing(model, user if own else None, live=action == "withdraw_selected")
    client.force_login(user)
    before = row(thing)
    data = {"action": action, ACTION_CHECKBOX_NAME: [thing.pk], "post": "yes"}
    client.post(page(model, "changelist"), data)
    needed = "delete" if action == "delete_selected" else "change"
    allowed = action in expected_actions(role, model) and needed in expected(role, model, own=own)
    assert (row(thing) != before) is allowed


@pytest.mark.parametrize("own", [True, False], ids=["own", "of-others"])
@pytest.mark.parametrize("role", Role)
def test_the_buttons_beside_a_reply(
    client: Client, make_user: Any, make_thing: Any, role: Role, own: bool
) -> None:
    user = make_user("ada", role=role)
    client.force_login(user)
    for url in ("changelist", "change"):
        reply = make_thing(Comment, user if own else None)
        before = row(reply)
        args = [reply.pk] if url == "change" else []
        client.post(page(Comment, url, *args), button("approved", reply))
        assert (row(reply) != before) is ("change" in expected(role, Comment, own=own))


@pytest.mark.parametrize("role", Role)
def test_what_is_published_is_changed_by_publishers_only(
    client: Client, make_user: Any, make_thing: Any, role: Role
) -> None:
    user = make_user("ada", role=role)
    post = make_thing(Post, user, live=True)
    client.force_login(user)
    publishes = grants(role, "publish", Post)
    assert refused(client.post(page(Post, "change", post.pk), {})) is not publishes
    assert refused(client.get(page(Post, "delete", post.pk))) is not publishes


@pytest.mark.parametrize("role", Role)
def test_looking_people_up_while_typing(client: Client, make_user: Any, role: Role) -> None:
    """Writers find bylines, for a shared post; only who manages accounts finds accounts."""
    client.force_login(make_user("ada", role=role))
    for field, model in ((Byline.author, Author), (Author.user, User)):
        where = field.field.model._meta
        query = {
            "app_label": where.app_label,
            "model_name": str(where.model_name),
            "field_name": field.field.name,
            "term": "a",
        }
        answer = client.get("/admin/autocomplete/", query)
        assert (answer.status_code == 200) is grants(role, "view", model)


@pytest.mark.parametrize(
    ("path", "needed"),
    [("/admin/preview/", "blog.add_post"), ("/admin/images/upload/", "images.add_image")],
)
@pytest.mark.parametrize("role", Role)
def test_what_the_editor_asks_for_while_one_writes(
    client: Client, make_user: Any, role: Role, path: str, needed: str
) -> None:
    client.force_login(make_user("ada", role=role))
    response = client.post(path, {"content": "Hello."})
    assert (response.status_code == 403) is (needed not in PERMISSIONS[role])


def addresses(patterns: list[Any], prefix: str = "/") -> list[str]:
    """Every address below the patterns, with 1 wherever something is to be filled in."""
    found = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and "(?P" not in path:
            found.append(re.sub(r"<\w+:\w+>", "1", path))
    return [path for path in found if path.startswith("/admin/")]


OPEN_TO_ALL = {"/admin/login/", "/admin/logout/"}
EVERY_PAGE = sorted(set(addresses(get_resolver().url_patterns)) - OPEN_TO_ALL)


def test_every_page_is_among_those_tried() -> None:
    assert {"/admin/", "/admin/blog/post/", "/admin/preview/"} <= set(EVERY_PAGE)
    assert len(EVERY_PAGE) > 5 * len(MODELS)


@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "reader"])
def test_without_a_role_no_page_opens(client: Client, make_user: Any, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make_user("reader"))
    for path in EVERY_PAGE:
        for answer in (client.get, client.post):
            assert answer(path).status_code in {302, 403, 405}, path
        followed = client.get(path, follow=True)
        assert (
            followed.status_code in {403, 405}
            or followed.request["PATH_INFO"] == "/accounts/login/"
        )


def test_one_can_be_made_of_every_kind(make_user: Any, make_thing: Any) -> None:
    owner = make_user("ada")
    for model in MODELS:
        assert isinstance(make_thing(model, owner), model)
        assert isinstance(make_thing(model), model)
