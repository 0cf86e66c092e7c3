"""What a digest costs, however large the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from accounts.models import Author
from accounts.roles import Role
from moderation import digests
from site_settings.choices import ReplyMails
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply


def test_a_digest_that_has_gone_is_not_written_again_each_hour(
    make_user: MakeUser, make_post: MakePost, make_reply: MakeReply, django_assert_num_queries: Any
) -> None:
    ada = make_user("ada", role=Role.AUTHOR)
    post = make_post(
        authors=[Author.objects.get(user=ada)],
        conversation={"notices": ReplyMails.DAILY},
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        make_reply(post)
        clock.shift(timedelta(days=1))
        digests.send_due()
        with django_assert_num_queries(2):
            digests.send_due()
