"""Times the pages of the giant thread on this process's site. See `benchmarks.thread`."""

from __future__ import annotations

import json
from functools import partial
from itertools import islice

from django.contrib.auth.models import AnonymousUser
from django.core.signing import get_cookie_signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks.timing import HEAD, measured
from comments import cookies
from comments.models import Comment, Conversation, Status
from comments.thread.making import permalinks
from comments.thread.paging import PER_PAGE
from comments.thread.query import MOST_FOLDED

# This many of a reader's own replies wait for a moderator, so only that reader sees them.
WAITING = 5


def measure() -> None:
    """Print the times of each page, and its number of queries."""
    print(f"{'':42} queries {HEAD}")
    for name, (client, address) in Pages().all().items():
        ask = partial(_answer, client, address)
        ask()
        with CaptureQueriesContext(connection) as queries:
            ask()
        print(f"{name:42} {len(queries):7} {measured(ask)}", flush=True)


def places() -> None:
    """Print the paths of pages to request over HTTP, as a JSON object."""
    pages = Pages()
    asked = {name: pages.url + query for name, query in pages.in_reading_order().items()}
    asked["permalink in the middle"] = pages.permalink(0.5)
    print(json.dumps(asked))


class Pages:
    """The pages of the giant thread, for several readers."""

    def __init__(self) -> None:
        self.post = Conversation.objects.order_by("-reply_count")[0].post
        self.url = self.post.get_absolute_url()
        self.shown = Comment.objects.in_thread(self.post, user=AnonymousUser())
        self.last = -(-self.post.comment_count // PER_PAGE)
        self.anonymous = _browser()

    def in_reading_order(self) -> dict[str, str]:
        middle = self.last // 2
        return {
            "first page": "",
            "page in the middle": f"?thread={middle}",
            "last page": f"?thread={self.last}",
        }

    def all(self) -> dict[str, tuple[Client, str]]:
        pages = {name: self.url + query for name, query in self._queries().items()}
        for name, place in {"early": 0.01, "middle": 0.5, "last": 1.0}.items():
            pages[f"permalink, {name}"] = self.permalink(place)
            pages["  the page it leads to, " + name] = self._goal(self.permalink(place))
        asked = {name: (self.anonymous, address) for name, address in pages.items()}
        middle = f"{self.url}?thread={self.last // 2}"
        for reader, client in {"a guest": self._guest(), "an account": self._account()}.items():
            asked[f"first page, for {reader} with replies here"] = (client, self.url)
            asked[f"middle, for {reader} with replies here"] = (client, middle)
        return asked

    def permalink(self, place: float) -> str:
        """Return the permalink of the reply at that share of the thread in reading order, from 0 to 1."""
        count = self.shown.count()
        pk = self.shown.values_list("pk", flat=True)[round((count - 1) * place)]
        return f"{permalinks()}{pk}/"

    def _queries(self) -> dict[str, str]:
        middle = self.last // 2
        folded = "&".join(f"fold={pk}" for pk in self._largest_branches())
        return self.in_reading_order() | {
            "newest first": "?sort=newest",
            "newest first, in the middle": f"?sort=newest&thread={middle}",
            "most answered": "?sort=answered",
            "most answered, in the middle": f"?sort=answered&thread={middle}",
            f"{MOST_FOLDED} branches folded": f"?{folded}",
            f"{MOST_FOLDED} branches folded, a quarter down": f"?{folded}&thread={middle // 2}",
            "1 branch folded": f"?{folded.partition('&')[0]}",
        }

    def _largest_branches(self) -> list[int]:
        begun = self.shown.filter(parent=None).order_by("-descendant_count")
        return list(begun.values_list("pk", flat=True)[:MOST_FOLDED])

    def _goal(self, permalink: str) -> str:
        return self.anonymous.get(permalink)["Location"].partition("#")[0]

    def _guest(self) -> Client:
        """Return a guest's browser with as many own replies as it remembers, spread over the thread."""
        step = self.post.comment_count // cookies.MOST_REMEMBERED
        pks = self.shown.filter(user=None).order_by("pk").values_list("pk", flat=True)
        own = list(islice(pks[::step], cookies.MOST_REMEMBERED))
        _hold(own[:WAITING])
        client = _browser()
        signer = get_cookie_signer(salt=cookies.OWN_REPLIES)
        client.cookies[cookies.OWN_REPLIES] = signer.sign(".".join(map(str, own)))
        return client

    def _account(self) -> Client:
        """Return the browser of a user who wrote a thousandth of this thread."""
        user = User.objects.create_user("reader", "reader@example.org", "correct horse")
        pks = list(self.shown.filter(user=None).order_by("pk").values_list("pk", flat=True)[::1000])
        Comment.objects.filter(pk__in=pks).update(user=user)
        _hold(pks[:WAITING])
        client = _browser()
        client.force_login(user)
        return client


def _browser() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def _hold(pks: list[int]) -> None:
    Comment.objects.filter(pk__in=pks).update(status=Status.PENDING)


def _answer(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code not in {200, 302}:
        raise RuntimeError(f"{address}: {answer.status_code}")
