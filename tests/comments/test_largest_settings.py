"""The largest numbers that the environment may set lie within the calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, conversation_of
from site_settings.bounds import DAYS_OF_A_CENTURY, MINUTES_OF_A_YEAR
from tests.conftest import MakePost
from tests.replies import Send


@pytest.fixture(autouse=True)
def largest(settings: Any) -> None:
    settings.PARLEY_CLOSE_AFTER = DAYS_OF_A_CENTURY
    settings.PARLEY_EDIT_WINDOW = MINUTES_OF_A_YEAR


def test_a_reply_is_taken_and_shown_to_its_writer(
    client: Client, make_post: MakePost, send: Send
) -> None:
    post = make_post("For a century")
    assert send(post).status_code == 303
    assert client.get(post.get_absolute_url()).status_code == 200
    assert Comment.objects.count() == 1


def test_posts_of_any_year_that_can_be_chosen_close_within_the_calendar(
    make_post: MakePost,
) -> None:
    last = make_post("The last one", at=datetime(2999, 12, 31, 23, tzinfo=UTC))
    end = conversation_of(last).ends_at
    assert end is not None
    assert end.year < 9999
