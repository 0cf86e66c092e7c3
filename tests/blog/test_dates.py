"""Dates as people write them."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

LATE = datetime(2011, 5, 31, 22, 7, tzinfo=UTC)


def rendered(filter_name: str, value: object, *, language: str) -> str:
    template = Template("{% load dates %}{{ value|" + filter_name + " }}")
    with override(language):
        return template.render(Context({"value": value}))


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "1 June 2011, 00:07"), ("nl", "1 juni 2011, 00:07")]
)
def test_a_moment_is_in_the_sites_zone_and_the_readers_language(
    language: str, expected: str
) -> None:
    assert rendered("moment", LATE, language=language) == expected


def test_a_day_has_no_time() -> None:
    assert rendered("day", LATE, language="nl") == "1 juni 2011"


@pytest.mark.parametrize("filter_name", ["day", "moment"])
def test_no_moment_is_no_text(filter_name: str) -> None:
    assert rendered(filter_name, None, language="en") == ""
