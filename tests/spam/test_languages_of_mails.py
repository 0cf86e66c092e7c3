"""A reply is in any language; the mail that asks about it is in the nearest that the site speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from comments.verbs.posting import post_comment
from following.models import Follow
from tests.conftest import Mailbox, MakePost
from tests.spam.fake_akismet import FakeAkismet

NEAREST = [("de-AT", "de"), ("ca-valencia-x-ours", "en"), ("tlh", "en"), ("nl", "nl")]


@pytest.fixture(autouse=True)
def nobody_reads() -> Iterator[None]:
    """Outside a request, where no language is active."""
    with override(None):
        yield


def language_of_the_mail(make_post: MakePost, mailbox: Mailbox, language: str) -> str:
    post = make_post("Apples", conversation={"policy": "confirmed"})
    guest: dict[str, Any] = {"name": "Wim", "email": "wim@example.org", "wants_answers": True}
    post_comment(post=post, body="A fine article.", language=language, **guest)
    (mail,) = mailbox()
    page = mail.get_body(("html",))
    assert page
    return page.get_content().partition('lang="')[2].partition('"')[0]


@pytest.mark.parametrize(("language", "spoken"), NEAREST)
def test_where_it_is_asked_at_once(
    make_post: MakePost, mailbox: Mailbox, language: str, spoken: str
) -> None:
    assert language_of_the_mail(make_post, mailbox, language) == spoken
    assert Follow.objects.get().language == spoken


@pytest.mark.parametrize(("language", "spoken"), NEAREST)
def test_where_akismet_is_asked_first(
    akismet: FakeAkismet, make_post: MakePost, mailbox: Mailbox, language: str, spoken: str
) -> None:
    assert language_of_the_mail(make_post, mailbox, language) == spoken
