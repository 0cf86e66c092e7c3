"""The table of roles: in the groups, in the documentation, and what having a role brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import Author
from accounts.roles import PERMISSIONS, Role, assign_roles, give_role, roles_of, sync_roles

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "roles.md"


def permissions_of(group: Group) -> set[str]:
    pairs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


@pytest.mark.parametrize("role", Role)
def test_a_group_has_exactly_the_permissions_of_its_row(role: Role) -> None:
    assert permissions_of(Group.objects.get(name=role)) == PERMISSIONS[role]


def test_there_are_no_other_groups() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_a_group_that_was_changed_by_hand_is_put_right() -> None:
    moderators = Group.objects.get(name=Role.MODERATOR)
    moderators.permissions.set(Permission.objects.filter(codename="change_user"))
    Group.objects.get(name=Role.EDITOR).delete()
    sync_roles()
    assert permissions_of(moderators) == PERMISSIONS[Role.MODERATOR]
    assert permissions_of(Group.objects.get(name=Role.EDITOR)) == PERMISSIONS[Role.EDITOR]


def test_filling_the_groups_again_changes_nothing(django_assert_max_num_queries: Any) -> None:
    before = set(Group.permissions.through.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(1 + 2 * len(Role)):
        sync_roles()
    assert set(Group.permissions.through.objects.values_list("pk", flat=True)) == before


def test_nobody_may_touch_what_makes_the_machine_run() -> None:
    for names in PERMISSIONS.values():
        apps = {name.partition(".")[0] for name in names - {"background.view_task"}}
        assert apps <= {"accounts", "blog", "comments", "images", "moderation", "site_settings"}


def test_a_role_opens_the_admin_and_losing_the_last_one_closes_it(make_user: Any) -> None:
    user = make_user("ada")
    assert not user.is_staff
    give_role(user=user, role=Role.MODERATOR)
    give_role(user=user, role=Role.AUTHOR)
    assert roles_of(user) == [Role.AUTHOR, Role.MODERATOR]
    user.refresh_from_db()
    assert user.is_staff
    assign_roles(user=user, roles=[])
    user.refresh_from_db()
    assert (roles_of(user), user.is_staff) == ([], False)


def test_a_superuser_stays_in_without_a_role(admin_user: Any) -> None:
    assign_roles(user=admin_user, roles=[])
    assert admin_user.is_staff


def test_who_writes_has_a_byline_and_keeps_the_one_there_is(make_user: Any) -> None:
    writer = make_user("ada", role=Role.CONTRIBUTOR, display_name="Ada Okafor")
    assert writer.author.name == "Ada Okafor"
    give_role(user=writer, role=Role.AUTHOR)
    assert Author.objects.count() == 1
    make_user("bo", role=Role.MODERATOR)
    assert Author.objects.count() == 1


def test_the_documentation_shows_the_table() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    shown = [line for line in text.splitlines() if line.startswith("| `")]
    assert shown == documented_rows(), "\n".join(documented_rows())


def documented_rows() -> list[str]:
    models = sorted({model_of(name) for names in PERMISSIONS.values() for name in names})
    return [f"| `{model}` | {' | '.join(cell(model, role) for role in Role)} |" for model in models]


def cell(model: str, role: Role) -> str:
    names = sorted(name for name in PERMISSIONS[role] if model_of(name) == model)
    return ", ".join(verb_of(name) for name in names) or "–"


def model_of(name: str) -> str:
    app, _, codename = name.partition(".")
    return f"{app}.{codename.rpartition('_')[2]}"


def verb_of(name: str) -> str:
    return name.partition(".")[2].rpartition("_")[0].replace("_", " ")
