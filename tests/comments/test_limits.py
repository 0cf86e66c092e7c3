"""How many replies an address and an account may send, and what is kept of addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.ratelimit import MAILS_A_DAY
from blog.models import Post
from comments.limits import REPLIES_OF_A_GUEST, REPLIES_OF_AN_ACCOUNT
from comments.mail_limits import may_be_mailed
from comments.models import Comment
from following.models import Follow
from tests.conftest import MakePost, MakeUser
from tests.replies import MakeReply, Send
from web.client_address import hash_address


def send_many(send: Send, post: Post, number: int, **typed: Any) -> list[int]:
    return [send(post, reply=f"Reply {n}.", **typed).status_code for n in range(number)]


def test_the_seventh_reply_of_an_address_in_ten_minutes_waits_and_keeps_its_text(
    post: Post, send: Send
) -> None:
    assert set(send_many(send, post, REPLIES_OF_A_GUEST)) == {303}
    answer = send(post, client=Client(), reply="One too many.", email="other@example.org")
    assert answer.status_code == 429
    assert "One too many." in answer.text
    assert "You sent many replies" in answer.text
    assert 0 < int(answer["Retry-After"]) <= 600
    assert Comment.objects.count() == REPLIES_OF_A_GUEST


def test_after_ten_minutes_replies_are_taken_again(post: Post, send: Send) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        send_many(send, post, REPLIES_OF_A_GUEST)
        wait = int(send(post, reply="More.")["Retry-After"])
        clock.shift(timedelta(seconds=wait + 1))
        assert send(post, reply="More.").status_code == 303


def test_what_a_clock_that_was_ahead_dated_later_does_not_count(
    post: Post, send: Send, make_user: MakeUser
) -> None:
    client = Client()
    client.force_login(make_user("ria"))
    send_many(send, post, REPLIES_OF_AN_ACCOUNT, client=client)
    Comment.objects.update(submitted_at=timezone.now() + timedelta(days=400))
    assert send(post, client=client, reply="Back in our time.").status_code == 303


def test_mails_of_a_clock_that_was_ahead_do_not_count(make_post: MakePost) -> None:
    later, email = timezone.now() + timedelta(days=400), "ida@example.org"
    for number in range(MAILS_A_DAY):
        other = make_post(f"Post {number}")
        Follow.objects.create(post=other, email=email, language="en", started_at=later)
    assert may_be_mailed(email)


def test_other_addresses_are_not_held_up(post: Post, send: Send) -> None:
    send_many(send, post, REPLIES_OF_A_GUEST)
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert send(post, client=other).status_code == 303


def test_an_account_may_send_more_wherever_it_is(
    post: Post, send: Send, make_user: MakeUser
) -> None:
    ria = make_user("ria")
    for n in range(REPLIES_OF_AN_ACCOUNT + 1):
        client = Client(REMOTE_ADDR=f"192.0.2.{n}")
        client.force_login(ria)
        answer = send(post, client=client, reply=f"Reply {n}.")
        assert answer.status_code == (303 if n < REPLIES_OF_AN_ACCOUNT else 429)


def test_the_same_form_sent_again_at_the_limit_leads_to_its_reply(post: Post, send: Send) -> None:
    send_many(send, post, REPLIES_OF_A_GUEST - 1)
    key = "5b0d54f6-79a3-4d51-8d57-5d2c0e7b1a11"
    assert [send(post, key=key).status_code for _n in range(2)] == [303, 303]


def test_of_an_address_only_a_keyed_hash_is_kept(post: Post, send: Send, settings: Any) -> None:
    send(post, client=Client(REMOTE_ADDR="192.0.2.9"))
    kept = Comment.objects.get().address_hash
    assert kept == hash_address("192.0.2.9", now=timezone.now())
    assert "192" not in kept
    settings.SECRET_KEY = "another"
    assert hash_address("192.0.2.9", now=timezone.now()) != kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_a_household_of_ipv6_addresses_counts_as_one(
    post: Post, send: Send, one: str, other: str, same: bool
) -> None:
    for address in (one, other):
        send(post, client=Client(REMOTE_ADDR=address), reply=f"From {address}.")
    hashes = set(Comment.objects.values_list("address_hash", flat=True))
    assert (len(hashes) == 1) is same


def test_a_whole_ipv6_network_has_a_limit_too(post: Post, send: Send) -> None:
    """Who has a /56 or /48 has hundreds of households (RFC 6177)."""
    most = REPLIES_OF_A_GUEST * 5
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for n in range(most):
            client = Client(REMOTE_ADDR=f"2001:db8:1:{n:x}::1")
            assert send(post, client=client, reply=f"Reply {n}.").status_code == 303
        last = Client(REMOTE_ADDR="2001:db8:1:ffff::1")
        refused = send(post, client=last, reply="One too many.")
        assert (refused.status_code, refused["Retry-After"]) == (429, "600")
        assert Comment.objects.values("address_hash").distinct().count() == most
        assert "One too many." in refused.text
        elsewhere = Client(REMOTE_ADDR="2001:db8:2::1")
        assert send(post, client=elsewhere, reply="From afar.").status_code == 303
        clock.shift(timedelta(minutes=10, seconds=1))
        assert send(post, client=last, reply="Later.").status_code == 303


@pytest.mark.parametrize("what", ["report", "follow", "find", "reply"])
def test_a_hop_that_is_no_address_lifts_no_limit(
    post: Post, send: Send, make_reply: MakeReply, settings: Any, what: str
) -> None:
    settings.PARLEY_PROXIES = 1
    reported = make_reply(post, "Hello.").pk
    here = {"x-forwarded-for": "unknown", "sec-fetch-site": "same-origin"}
    statuses = []
    with time_machine.travel(timezone.now(), tick=False):
        for n in range(11):
            client, email = Client(headers=here), f"guest{n}@example.org"
            paths = {
                "report": (f"/comments/{reported}/report/", {"reason": "rude"}),
                "follow": (f"/{post.address}/follow/", {"email": email}),
                "find": ("/comments/find/", {"email": email}),
            }
            if what == "reply":
                answer = send(post, client=client, reply=f"Reply {n}.", email=email)
            else:
                answer = client.post(*paths[what])
            statuses.append(answer.status_code)
    assert statuses[0] in {200, 303}
    assert statuses[-1] == 429
