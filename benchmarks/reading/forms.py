"""Replies through the forms that readers use: ours, and those of other blogs."""

from __future__ import annotations

import http.client
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from demo.texts import Writer

SCRIPT = Path(__file__).with_name("posting.lua")
TOKEN = "a" * 32
TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
# What an invented reader types into the fields of these names.
TYPED = {"name": "Guest @NUMBER@", "author": "Guest @NUMBER@", "email": "guest@NUMBER@@example.org"}
THREADS = 4  # that reply in turn


@dataclass
class Form:
    """A form to reply by: where it leads, its fields, and the headers that go with it."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    has_text: bool = False

    def for_script(self) -> dict[str, str]:
        """Return what posting.lua needs to know."""
        lines = [f"{name}: {value}" for name, value in {**TYPE, **self.headers}.items()]
        body = urlencode(self.fields, safe="@")
        return {"PARLEY_FORM": body, "PARLEY_HEADERS": "\n".join(lines)}


def our_form(post: str, guest: dict[str, str] | None = None) -> Form:
    """Return the form below a post with this address, as its script sends it.

    The reply of a `guest` (address and cookie) appears at once. Without one it is somebody's first,
    and waits for a moderator.
    """
    fields = {"csrfmiddlewaretoken": TOKEN, **TYPED, "reply": "@WORDS@"}
    cookie = f"csrftoken={TOKEN}"
    if guest:
        fields["email"] = guest["email"]
        cookie += f"; {guest['cookie']}"
    return Form(f"{post}reply/?fragment=1", fields, {"Cookie": cookie})


class Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.found.append(Form(said.get("action", "")))
        elif tag == "textarea" and self.found:
            self.found[-1].fields[name] = "@WORDS@"
            self.found[-1].has_text = True
        elif (
            tag == "input"
            and self.found
            and name
            and said.get("type") not in {"submit", "checkbox"}
        ):
            self.found[-1].fields[name] = TYPED.get(name, said.get("value", ""))


def their_form(post: str) -> Form | None:
    """Return the form below another blog's post; None if the page has none."""
    jar = CookieJar()
    forms = Forms()
    with build_opener(HTTPCookieProcessor(jar)).open(post, timeout=60) as answer:
        forms.feed(answer.read().decode())
    form = next((form for form in reversed(forms.found) if form.has_text), None)
    if form:
        form.action = urljoin(post, form.action.split("#")[0])
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
        form.headers = {"Referer": post, **({"Cookie": cookies} if cookies else {})}
    return form


@contextmanager
def replying(
    site: str, posts: list[str], guests: list[dict[str, str]], *, rate: float
) -> Iterator[Counter[str]]:
    """Reply to these posts in turn, so often a second, and count what was accepted and refused."""
    counts: Counter[str] = Counter()
    over = Event()
    threads = [
        Thread(
            target=_reply,
            args=(
                site,
                posts[place::THREADS],
                guests[place::THREADS],
                rate / THREADS,
                counts,
                over,
            ),
        )
        for place in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield counts
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _reply(
    site: str,
    posts: list[str],
    guests: list[dict[str, str]],
    rate: float,
    counts: Counter[str],
    over: Event,
) -> None:
    writer, due = Writer("en", random.Random()), time.monotonic()
    for number, (post, guest) in enumerate(zip(cycle(posts), cycle(guests), strict=False)):
        due += 1 / rate
        if over.wait(max(0, due - time.monotonic())):
            break
        status = send(site, our_form(post, guest), f"{id(writer)}-{number}", writer.sentence())
        counts["accepted" if status < http.client.BAD_REQUEST else "refused"] += 1


def send(site: str, form: Form, number: str, words: str) -> int:
    """Send one form from an address of its own, and return the status."""
    values = {name: value.replace("@NUMBER@", number).replace("@WORDS@", words)
              for name, value in form.fields.items()}  # fmt: skip
    client = ".".join(str(random.randint(1, 254)) for _ in range(3))
    headers = {**TYPE, **form.headers, "X-Forwarded-For": f"10.{client}"}
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    connection.request("POST", form.action, urlencode(values), headers)
    status = connection.getresponse().status
    connection.close()
    return status
