"""The page from which everything can be reached."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from blog.models import Category, Series
from tests.conftest import MakePost


def test_it_leads_to_every_month_subject_series_author_and_language(
    client: Client, make_post: MakePost
) -> None:
    category = Category.objects.create(name="City", slug="city")
    series = Series.objects.create(title="Walks", slug="walks")
    post = make_post(
        "Along the quay",
        at=datetime(2011, 5, 31, tzinfo=UTC),
        category=category,
        series=series,
        tags=["Ferries"],
        language="nl",
    )
    page = client.get("/archive/").text
    leads_to = ["/2011/", "/2011/05/", "/categories/city/", "/series/walks/", "/tags/ferries/"]
    for address in [*leads_to, "/languages/nl/", post.bylines.get().author.get_absolute_url()]:
        assert f'href="{address}"' in page


def test_what_is_not_live_is_not_counted(client: Client, make_post: MakePost) -> None:
    make_post("Draft", live=False, tags=["secret"])
    make_post("Far ahead", at=datetime(2999, 1, 1, tzinfo=UTC))
    page = client.get("/archive/").text
    assert "secret" not in page
    assert "/2999/" not in page


@pytest.mark.parametrize("number", [10, 1000])
def test_it_costs_six_queries_at_most(
    client: Client, many_posts: Any, django_assert_max_num_queries: Any, number: int
) -> None:
    many_posts(number, tag="common", category="all")
    with django_assert_max_num_queries(6):
        assert client.get("/archive/").status_code == 200
