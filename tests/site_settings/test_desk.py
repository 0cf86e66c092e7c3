"""The pages on which the owner sets the site: what they take, refuse, log and take back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from site_settings.desk.groups import GROUPS
from site_settings.models import SettingChange, SiteSettings
from tests.conftest import MakeUser
from tests.site_settings.conftest import LOG, OVERVIEW, Fill, group, send, sent_by

PAGES = [OVERVIEW, LOG, *(group(one.slug) for one in GROUPS)]
# What is set, and what it was before.
VALUES: dict[str, dict[str, Any]] = {
    "general": {
        "name": "The Heron",
        "slogan": "By the water.",
        "description": "A blog about birds.",
    },
    "languages": {
        "languages": ["en", "nl"],
        "default_language": "nl",
        "time_zone": "Asia/Tokyo",
        "date_style": "iso",
        "first_weekday": 0,
    },
    "lists": {"posts_per_page": 3, "list_text": "whole", "feed_items": 20, "feed_text": "excerpt"},
    "replies": {
        "reply_policy": "held",
        "close_after": 30,
        "edit_window": 5,
        "author_mails": "daily",
        "moderator_mails": "none",
        "sign_up": "nobody",
    },
    "mails": {"mail_address": "blog@example.org"},
}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("role", [None, *Role])
def test_administrators_see_the_settings_and_nobody_else(
    client: Client, make_user: MakeUser, address: str, role: Role | None
) -> None:
    assert client.get(address).status_code == 302
    client.force_login(make_user("ann", role=role))
    expected = 200 if role == Role.ADMINISTRATOR else 302 if role is None else 403
    assert client.get(address).status_code == expected


@pytest.mark.parametrize("role", [None, *Role])
def test_administrators_change_the_settings_and_nobody_else(
    client: Client, make_user: MakeUser, role: Role | None
) -> None:
    client.force_login(make_user("ann", role=role))
    client.post(group("general"), {"name": "Mine", "initial-name": "Samenspraak"})
    assert SiteSettings.objects.filter(name="Mine").exists() == (role == Role.ADMINISTRATOR)
    if change := SettingChange.objects.first():
        client.force_login(make_user("bob", role=Role.EDITOR))
        assert client.post(f"{LOG}{change.pk}/take-back/").status_code == 403


def test_the_desk_leads_to_the_settings(owner: Client, make_user: MakeUser) -> None:
    menu = "/admin/site_settings/sitesettings/"
    assert menu in owner.get("/admin/").text
    assert owner.get(menu, follow=True).request["PATH_INFO"] == OVERVIEW
    owner.force_login(make_user("eddy", role=Role.EDITOR))
    assert menu not in owner.get("/admin/").text


@pytest.mark.parametrize("slug", VALUES)
def test_every_setting_is_stored_logged_and_shown(
    owner: Client, olga: User, fill: Fill, slug: str
) -> None:
    values = VALUES[slug]
    answer = fill(owner, slug, **values)
    assert answer.status_code == 302, sent_by(answer)
    stored = SiteSettings.objects.get()
    for name, value in values.items():
        assert str(getattr(stored, name)).replace("\r", "") == str(value)
    logged = SettingChange.objects.all()
    assert {one.setting for one in logged} == set(values)
    assert {one.by for one in logged} == {olga}
    again = sent_by(owner.get(group(slug)))
    for name, value in values.items():
        expected = value if isinstance(value, list) else [str(value)]
        assert [one.replace("\r", "") for one in again[name]] == expected


def test_every_setting_is_on_some_page() -> None:
    listed = {name for one in GROUPS for name in one.names}
    assert listed == {field.name for field in SiteSettings._meta.fields} - {"id"}
    assert listed == {name for values in VALUES.values() for name in values}


def test_saving_what_is_there_changes_nothing(owner: Client, fill: Fill) -> None:
    answer = fill(owner, "general")
    assert "Nothing was changed" in owner.get(answer["Location"]).text
    assert not SettingChange.objects.exists()


CHOSEN = {"languages", "time_zone", "first_weekday", "reply_policy"}
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "an empty name": ("general", {"name": " "}, "name"),
    "a name of many letters": ("general", {"name": "x" * 10_000}, "name"),
    "a name of two lines": ("general", {"name": "The\u2028Heron"}, "name"),
    "a name with a NUL": ("general", {"name": "The\x00Heron"}, "name"),
    "no language": ("languages", {"languages": []}, "languages"),
    "an unknown language": ("languages", {"languages": ["en", "xx"]}, "languages"),
    "a default that is not offered": ("languages", {"languages": ["nl"]}, "languages"),
    "a zone that is gone": ("languages", {"time_zone": "Mars/Olympus"}, "time_zone"),
    "a zone that is a path": ("languages", {"time_zone": "../../etc/passwd"}, "time_zone"),
    "a day that is none": ("languages", {"first_weekday": "9"}, "first_weekday"),
    "no posts": ("lists", {"posts_per_page": "0"}, "posts_per_page"),
    "too many posts": ("lists", {"posts_per_page": "51"}, "posts_per_page"),
    "posts in words": ("lists", {"posts_per_page": "many"}, "posts_per_page"),
    "a feed of too many": ("lists", {"feed_items": "99999999999999999999"}, "feed_items"),
    "an unknown policy": ("replies", {"reply_policy": "sometimes"}, "reply_policy"),
    "too many days": ("replies", {"close_after": "36501"}, "close_after"),
    "less than no minutes": ("replies", {"edit_window": "-1"}, "edit_window"),
    "a sender that is none": ("mails", {"mail_address": "Heron <heron@>"}, "mail_address"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_bad_value_is_told_at_its_field_and_nothing_is_lost(
    owner: Client, fill: Fill, why: str
) -> None:
    slug, values, field = REFUSED[why]
    answer = fill(owner, slug, **values)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert not SettingChange.objects.exists()
    for name, value in values.items():
        if name not in CHOSEN and "\x00" not in value:
            assert sent_by(answer)[name] == [value]


def test_what_somebody_else_set_meanwhile_stays_where_one_changed_nothing(
    owner: Client, fill: Fill
) -> None:
    opened = sent_by(owner.get(group("general")))
    fill(owner, "general", name="The Heron")
    assert send(owner, "general", opened | {"slogan": "By the water."}).status_code == 302
    stored = SiteSettings.objects.get()
    assert (stored.name, stored.slogan) == ("The Heron", "By the water.")


def test_two_who_set_the_same_are_told_of_each_other(owner: Client, fill: Fill) -> None:
    opened = sent_by(owner.get(group("general")))
    fill(owner, "general", name="The Heron")
    answer = send(owner, "general", opened | {"name": "The Stork"})
    assert answer.status_code == 422
    assert "set to “The Heron”" in answer.text
    assert SiteSettings.objects.get().name == "The Heron"
    assert send(owner, "general", sent_by(answer)).status_code == 302
    assert SiteSettings.objects.get().name == "The Stork"


def test_two_who_set_languages_are_told_of_each_other(owner: Client, fill: Fill) -> None:
    opened = sent_by(owner.get(group("languages")))
    fill(owner, "languages", languages=["en", "nl"])
    answer = send(owner, "languages", opened | {"languages": ["en", "de"]})
    assert "set to “English, Dutch”" in answer.text
    assert send(owner, "languages", sent_by(answer)).status_code == 302
    assert SiteSettings.objects.get().languages == ["en", "de"]


def test_what_the_environment_fixes_is_shown_as_fixed(
    owner: Client, fill: Fill, settings: Any
) -> None:
    settings.PARLEY_SITE_NAME = "Fixed by hosts"
    settings.PARLEY_CLOSE_AFTER = 7
    assert "Fixed by hosts" in owner.get(OVERVIEW).text
    page = owner.get(group("general")).text
    assert "PARLEY_SITE_NAME" in page
    assert 'value="Fixed by hosts"' in page
    assert "7 days" in owner.get(group("replies")).text
    answer = send(owner, "general", sent_by(owner.get(group("general"))) | {"name": "Mine"})
    assert answer.status_code == 302
    assert not SettingChange.objects.exists()


def test_a_change_is_taken_back(owner: Client, fill: Fill) -> None:
    fill(owner, "general", name="The Heron")
    fill(owner, "languages", languages=["en"])
    page = owner.get(LOG).text
    assert "Olga Owner" in page
    assert "English, Dutch, German" in page
    for change in SettingChange.objects.all():
        owner.post(f"{LOG}{change.pk}/take-back/")
    stored = SiteSettings.objects.get()
    assert (stored.name, stored.languages) == ("Samenspraak", ["en", "nl", "de"])
    assert SettingChange.objects.count() == 4


def test_what_cannot_be_taken_back_is_told(owner: Client, fill: Fill, settings: Any) -> None:
    fill(owner, "languages", languages=["en", "nl"])
    fill(owner, "languages", default_language="nl", languages=["nl"])
    change = SettingChange.objects.get(setting="default_language")
    answer = owner.post(f"{LOG}{change.pk}/take-back/", follow=True)
    assert "moet een van de aangeboden talen zijn" in answer.text
    settings.PARLEY_LANGUAGE = "nl"
    answer = owner.post(f"{LOG}{change.pk}/take-back/", follow=True)
    assert "legt deze instelling vast" in answer.text
    assert owner.post(f"{LOG}99/take-back/").status_code == 404
    assert owner.get(f"{LOG}{change.pk}/take-back/").status_code == 405


def test_the_log_outlives_whoever_set_it(owner: Client, olga: User, fill: Fill) -> None:
    fill(owner, "general", name="The Heron")
    other = User.objects.create_superuser("root", "root@example.org", "correct horse")
    olga.delete()
    owner.force_login(other)
    assert "The Heron" in owner.get(LOG).text


def test_pages_of_settings_that_are_not_there(owner: Client) -> None:
    for page in (group("nothing"), f"{LOG}?page=2", f"{LOG}?page=x"):
        assert owner.get(page).status_code == 404


def test_the_log_has_pages(owner: Client, fill: Fill) -> None:
    for number in range(60):
        fill(owner, "general", name=f"Name {number}")
    assert "Name 3<" not in owner.get(LOG).text
    assert "Name 3<" in owner.get(f"{LOG}?page=2").text


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_costs(
    owner: Client, fill: Fill, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        fill(owner, "general", name=f"Name {number}")
    with django_assert_max_num_queries(6):
        owner.get(address)
