"""What no database could keep of a rule is said at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from blog.models import Post
from moderation.models import Rule
from tests.replies import Send

pytestmark = pytest.mark.usefixtures("desk")
RULES = "/admin/comments/rule/"
ADD = f"{RULES}add/"
TYPED = {"kind": "word", "value": "casino", "language": "", "effect": "ban", "note": "Gambling"}


def said_at(page: Any, name: str) -> tuple[str, str]:
    """What stands in a field, and what is said about it."""
    (field,) = html.fromstring(page.text).xpath(f"//form//*[@name='{name}']")
    (row,) = field.xpath("ancestor::*[descendant::*[@class='errorlist']][1]")
    return field.get("value"), row.xpath("string(.//*[@class='errorlist'])").strip()


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Amsterdam", "Pacific/Kiritimati"])
@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "9999-12-31T00:00", "2300-01-01T00:00"])
def test_a_moment_beyond_a_hundred_years_is_refused(
    client: Client, post: Post, send: Send, settings: Any, zone: str, moment: str
) -> None:
    settings.PARLEY_TIME_ZONE = zone
    for pressed in ({}, {"save": "1"}):
        page = client.post(ADD, TYPED | {"expires_at": moment} | pressed)
        assert page.status_code == 422
        assert said_at(page, "expires_at") == (
            moment,
            "This is more than a hundred years ahead. Leave it empty for a rule without an end.",
        )
    assert client.get(RULES).status_code == 200
    assert send(post).status_code == 303


def test_a_moment_within_a_hundred_years_is_taken(client: Client) -> None:
    moment = f"{timezone.now().year + 99}-12-01T12:00"
    client.post(ADD, TYPED | {"expires_at": moment, "save": "1"})
    assert timezone.localtime(Rule.objects.get().expires_at).isoformat().startswith(moment)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("word", "İ" * 128),
        ("email", "*@" + "a" * 59 + ("." + "a" * 59) * 3 + ".ü.examp"),
    ],
)
def test_a_value_that_grows_too_long_when_it_is_normalised_is_refused(
    client: Client, kind: str, value: str
) -> None:
    for pressed in ({}, {"save": "1"}):
        page = client.post(ADD, TYPED | {"kind": kind, "value": value} | pressed)
        assert page.status_code == 422
        kept, said = said_at(page, "value")
        assert kept == value
        assert "at most 254 characters" in said
    assert not Rule.objects.exists()
