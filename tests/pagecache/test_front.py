"""A cache in front of the site is told what it may keep, and what has changed."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.utils import timezone

from background.models import Task
from pagecache.front import Front, NotTold, ban, front, headers_of, key
from pagecache.tasks import tell_front_again
from tests.pagecache.changes import World, correct_a_title
from tests.pagecache.site import Site
from web.shown import SITE, changed

pytestmark = pytest.mark.django_db(transaction=True)
IN_FRONT = {"Surrogate-Control", "CDN-Cache-Control", "Surrogate-Key", "Cache-Tag"}


class Heard(ThreadingHTTPServer):
    """A cache in front that writes down what it is told."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hears)
        self.bans: list[re.Pattern[str]] = []


class Hears(BaseHTTPRequestHandler):
    server: Heard

    def do_BAN(self) -> None:
        self.server.bans.append(re.compile(self.headers["X-Ban-Names"]))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def heard(settings: Any) -> Iterator[Heard]:
    with Heard() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.PARLEY_PURGE = f"http://127.0.0.1:{server.server_address[1]}"
        front._next_try = 0.0
        yield server
        server.shutdown()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate of 127.0.0.1 and its key in one file, which this process trusts."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl here")
    file = tmp_path / "certificate.pem"
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(file), "-out", str(tmp_path / "public")]
    named = ["-subj", "/CN=cache", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", "req", "-x509", *made, *named], check=True, capture_output=True)
    file.write_text(file.read_text() + (tmp_path / "public").read_text())
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


class Slow(Thread):
    """A cache in front that sends these pieces of an answer one by one, and ends with 200."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__(daemon=True)
        self.pieces = pieces
        self.stopped = Event()
        self.server = socket.create_server(("127.0.0.1", 0))

    def run(self) -> None:
        asking, _ = self.server.accept()
        with asking, suppress(OSError):  # whoever asked has gone
            for piece in self.pieces:
                asking.sendall(piece)
                self.stopped.wait(0.05)
            asking.sendall(b"\r\nHTTP/1.1 200 OK\r\n\r\n")

    def stop(self) -> None:
        self.stopped.set()
        self.join()
        self.server.close()


@pytest.fixture
def slow(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    server = Slow(request.param)
    server.start()
    settings.PARLEY_PURGE = f"http://127.0.0.1:{server.server.getsockname()[1]}"
    yield
    server.stop()


@pytest.fixture
def nobody(settings: Any, unused_port: int) -> None:
    settings.PARLEY_PURGE = f"http://127.0.0.1:{unused_port}"
    front._next_try = 0.0


@pytest.fixture
def unused_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), Hears) as server:
        return server.server_address[1]


def in_front(headers: list[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in headers if name in IN_FRONT}


def test_a_kept_page_carries_the_names_of_what_it_shows(
    world: World, site: Site, heard: Heard
) -> None:
    post = world.posts[0]
    for _ in ("miss", "hit"):
        told = in_front(site.get(post.get_absolute_url()).headers)
        names = told["Surrogate-Key"].split(" ")
        assert {f"post:{post.pk}", SITE} <= set(names)
        assert told["Cache-Tag"].split(",") == names
        assert told["Surrogate-Control"] == told["CDN-Cache-Control"] == "max-age=86400"
        assert all(sign.isascii() and sign.isprintable() for sign in told["Surrogate-Key"])


def test_browsers_are_told_what_they_are_told_otherwise(
    world: World, site: Site, heard: Heard
) -> None:
    headers = dict(site.get("/").headers)
    assert headers["Cache-Control"] == "public, no-cache"


def test_a_page_of_somebodys_own_is_not_for_the_cache_in_front(
    world: World, site: Site, heard: Heard
) -> None:
    assert not in_front(site.get("/", HTTP_COOKIE="sessionid=x").headers)
    assert not in_front(site.get("/no-such-page/").headers)


def test_without_the_setting_nothing_is_carried_and_nobody_told(world: World, site: Site) -> None:
    assert not in_front(site.get("/").headers)
    Task.objects.all().delete()
    correct_a_title(world)
    assert not Task.objects.filter(task_path=tell_front_again.module_path).exists()


def test_a_page_that_changes_by_the_clock_is_not_kept_in_front(heard: Heard) -> None:
    assert headers_of(["post:7"], None)
    assert headers_of(["post:7"], timezone.now()) == []


def test_a_page_with_more_names_than_a_header_takes_is_not_kept_in_front(heard: Heard) -> None:
    assert headers_of([f"post:{number}" for number in range(10_000)], None) == []


@pytest.mark.parametrize("name", ["category:thé/groen", "a|b", ".*", "x" * 41, "a b", ""])
def test_an_unusual_name_stands_there_as_a_hash(name: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", key(name))
    assert key("post:7/replies") == "post:7/replies"


def test_a_change_is_told_by_names_that_pages_carry(world: World, site: Site, heard: Heard) -> None:
    pages = [world.posts[0].get_absolute_url(), world.posts[4].get_absolute_url()]
    kept = [in_front(site.get(page).headers)["Surrogate-Key"] for page in pages]
    heard.bans.clear()
    changed(f"post:{world.posts[0].pk}")
    (told,) = heard.bans
    assert told.search(kept[0])
    assert not told.search(kept[1])
    assert not told.search(f"post:{world.posts[0].pk}1")


def test_it_is_told_again_some_seconds_later(heard: Heard) -> None:
    changed("post:7")
    waiting = Task.objects.get(task_path=tell_front_again.module_path)
    assert timedelta() < waiting.run_after - timezone.now() < timedelta(seconds=6)
    tell_front_again.call(*waiting.args_kwargs["args"])
    assert len(heard.bans) == 2


def test_what_readers_see_later_is_told_then(heard: Heard) -> None:
    at = timezone.now() + timedelta(hours=2)
    changed("post:7", at=at)
    assert heard.bans == []
    waiting = Task.objects.filter(task_path=tell_front_again.module_path)
    first, second = waiting.order_by("run_after")
    assert first.run_after == at < second.run_after < at + timedelta(seconds=6)


def test_a_cache_that_is_away_keeps_no_writer_from_writing(
    nobody: None, caplog: pytest.LogCaptureFixture
) -> None:
    changed("post:7")
    changed("post:8")
    assert caplog.text.count("cannot be told of a change") == 1
    assert Task.objects.filter(task_path=tell_front_again.module_path).count() == 2
    with pytest.raises(NotTold):
        tell_front_again.call(["post:7"])


def test_an_answer_that_is_no_200_is_a_failure(heard: Heard) -> None:
    heard.status = 405
    with pytest.raises(NotTold, match="405"):
        ban(["post:7"])


def test_it_is_told_over_https(heard: Heard, certificate: Path, settings: Any) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    heard.socket = context.wrap_socket(heard.socket, server_side=True)
    settings.PARLEY_PURGE = settings.PARLEY_PURGE.replace("http:", "https:")
    ban(["post:7"])
    assert len(heard.bans) == 1


@pytest.mark.parametrize(
    "slow",
    [
        [b"HTTP/1.1 200 ", *[b"O"] * 60, b"\r\n"],
        [b"HTTP/1.1 200 OK\r\nX-Slow: ", *[b"o"] * 60, b"\r\n"],
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 60,
    ],
    indirect=True,
    ids=["status", "header", "continue"],
)
def test_the_whole_of_an_answer_is_waited_for_in_limited_time(
    slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagecache.front.PATIENCE", 0.5)
    with pytest.raises(NotTold, match="timed out"):
        ban(["post:7"])


@pytest.mark.parametrize("slow", [[b"x" * 60_000]], indirect=True)
def test_of_an_answer_that_makes_no_sense_the_log_has_the_beginning(slow: None) -> None:
    with pytest.raises(NotTold, match=r"\Ax{200}\Z"):
        ban(["post:7"])


def test_after_a_failure_it_is_asked_again_when_time_has_passed(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Front()
    heard.status = 500
    assert not told.tell(["a"])
    heard.status = 200
    assert not told.tell(["a"])
    monkeypatch.setattr("pagecache.front.PAUSE", -1)
    told._next_try = 0.0
    assert told.tell(["a"])


def test_after_a_writer_ended_too_early_it_forgets_all_pages(
    dead_writer: None, site: Site, heard: Heard
) -> None:
    site.keeper.look()
    (told,) = heard.bans
    assert told.search(SITE)
