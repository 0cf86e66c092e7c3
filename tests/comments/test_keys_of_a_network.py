"""A network that pressed a button too often fills the cache no further."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone

from blog.models import Post
from tests.replies import MakeReply

pytestmark = pytest.mark.django_db


def test_addresses_of_a_network_that_is_over_get_no_counters(
    monkeypatch: pytest.MonkeyPatch, post: Post, make_reply: MakeReply
) -> None:
    reply, kept = make_reply(post), set()
    add = LocMemCache.add

    def noted(self: LocMemCache, key: str, *given: Any, **named: Any) -> bool:
        if key.startswith("rate:"):
            kept.add(key)
        return bool(add(self, key, *given, **named))

    monkeypatch.setattr(LocMemCache, "add", noted)
    with time_machine.travel(timezone.now(), tick=False):
        codes = []
        for number in range(70):
            browser = Client(REMOTE_ADDR=f"2001:db8:1:{number:x}::1")
            answer = browser.post(f"/comments/{reply.pk}/report/", {"reason": "spam"})
            codes.append(answer.status_code)
    assert codes == [303] * 50 + [429] * 20
    assert len(kept) == 52, "50 addresses, the network, and the address with which it was over"
