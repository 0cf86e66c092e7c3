"""Replies as the filter meets them: a form that is fetched, read, filled in after a while, and sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.models import Post
from comments.models import Comment
from tests.conftest import MakePost, MakeUser
from tests.html import form_data
from tests.replies import MakeReply
from tests.spam.fake_akismet import FakeAkismet

Fill = Callable[..., Any]
Found = Callable[[Comment], dict[str, int]]


@pytest.fixture
def fill() -> Fill:
    """fill(post, "…", seconds=60, user=…, **fields) -> the reply that came of it, by a form of its own."""

    def send(
        post: Post,
        reply: str,
        *,
        seconds: float = 60,
        client: Client | None = None,
        user: User | None = None,
        **fields: Any,
    ) -> Comment:
        client = client or Client(REMOTE_ADDR=fields.pop("address", "192.0.2.7"))
        if user:
            client.force_login(user)
        page = f"/{post.address}/reply/"
        now = timezone.now()
        with time_machine.travel(now, tick=False) as clock:
            form = form_data(client.get(page).text, form_id="reply-form")
            clock.shift(timedelta(seconds=seconds))
            guest = {} if user else {"name": "Wim", "email": "wim@example.org"}
            answer = client.post(page, form | guest | {"reply": reply} | fields)
        assert answer.status_code == 303, answer.text
        return Comment.objects.latest("pk")

    return send


@pytest.fixture
def ria(make_user: MakeUser, make_reply: MakeReply, make_post: MakePost) -> User:
    """A reader with an account, one of whose replies was approved, so that the policy holds her no more."""
    ria = make_user("ria")
    make_reply(make_post("Earlier"), user=ria, at=timezone.now() - timedelta(days=9))
    return ria


@pytest.fixture
def found() -> Found:
    """found(comment) -> the score of each rule that said something."""
    return lambda comment: {one["rule"]: one["score"] for one in comment.findings}


@pytest.fixture
def akismet(settings: Any) -> Iterator[FakeAkismet]:
    server = FakeAkismet()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    settings.PARLEY_AKISMET_KEY = "0123456789ab"
    settings.PARLEY_AKISMET_URL = f"http://127.0.0.1:{server.server_port}/1.1/"
    settings.PARLEY_URL = "https://blog.example.org"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
