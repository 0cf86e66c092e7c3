"""A feed costs the same, however many posts there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Author

LISTINGS = ["/", "/tags/common/", "/categories/all/", "/languages/en/"]


@pytest.mark.parametrize("number", [10, 1000])
@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/", "feed/json/"])
def test_any_feed_takes_four_queries_at_most(
    client: Client, many_posts: Any, django_assert_max_num_queries: Any, number: int, suffix: str
) -> None:
    many_posts(number, tag="common", category="all")
    for listing in [*LISTINGS, Author.objects.get().get_absolute_url()]:
        with django_assert_max_num_queries(4):
            response = client.get(listing + suffix)
        assert response.status_code == 200
        assert response.text.count("urn:uuid:") == min(number, 15)
