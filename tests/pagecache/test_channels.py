"""Two machines: what one changes, the other drops within a second."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from pagecache import receivers
from pagecache.answers import Kept
from pagecache.cache import LIFE_WHILE_UNTOLD
from pagecache.channels import choosing
from pagecache.channels.base import Away, Channel, Message, messages
from pagecache.channels.listening import Listener
from pagecache.channels.postgresql import PostgresChannel
from pagecache.channels.redis import RedisChannel
from pagecache.log import EVERYTHING, hash_of
from tests.pagecache.changes import World
from tests.pagecache.site import Site
from web.shown import changed

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10.0  # seconds, for a machine under load


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Wait for another thread, and return whether it came so far in time."""
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()


def hears(site: Site) -> bool:
    return time.time() < site.cache.heard_until


def old_page(site: Site) -> Kept:
    """Return the front page, kept longer ago than pages live when nothing is heard."""
    site.keeper.learn_schedule()
    site.warm(["/"])
    page = site.cache.peek(next(iter(site.cache.keys_by_use())))
    assert page
    page.stored_at -= LIFE_WHILE_UNTOLD
    return page


class Redis:
    """A Redis server that can be killed and started again on its port."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        self.start()

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir"]
        self.process = subprocess.Popen(
            ["redis-server", *options, str(self.folder)], stdout=subprocess.DEVNULL
        )
        assert wait_until(self._answers)

    def _answers(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if not shutil.which("redis-server"):
        pytest.skip("there is no redis-server here")
    server = Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture(params=["postgresql", "redis"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of Redis; "" if the database is the channel."""
    if request.param == "redis":
        server: Redis = request.getfixturevalue("redis")
        return f"redis://127.0.0.1:{server.port}/0"
    if connection.vendor != "postgresql":
        pytest.skip("SQLite tells nobody")
    return ""


@pytest.fixture
def make_channel(address: str) -> Callable[[], Channel]:
    return (lambda: RedisChannel(address, timeout=1)) if address else PostgresChannel


@pytest.fixture
def chosen(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings call for the channel."""
    databases = {"default": {"ENGINE": "config.postgresql"}}
    caches = {"default": {"LOCATION": address, "OPTIONS": {"timeout": 1}}}
    settings = SimpleNamespace(DATABASES=databases, CACHES=caches, PARLEY_OUTAGE_PAUSE=60)
    monkeypatch.setattr(choosing, "settings", settings)
    choosing.channel.cache_clear()
    yield
    choosing.channel.cache_clear()


@pytest.fixture
def other(tmp_path: Path, make_channel: Callable[[], Channel]) -> Iterator[Site]:
    """Another machine, which hears."""
    site = Site(tmp_path / "other" / "changes")
    listener = Listener(make_channel(), site.cache)
    listener.start()
    assert wait_until(lambda: hears(site))
    yield site
    listener.stop()


def say(channel: Channel, site: Site, *names: str, at: float = 0.0) -> None:
    hashes = [hash_of(name) for name in names]
    channel.send(map(str, messages(site.log.machine, hashes, at)))


def test_a_change_empties_the_pages_of_another_machine_that_show_it(
    living_world: World, site: Site, other: Site, make_channel: Callable[[], Channel]
) -> None:
    post = living_world.posts[0]
    other.warm([post.get_absolute_url(), "/about/"])
    say(make_channel(), site, "nothing", f"thread:{post.pk}")
    assert wait_until(lambda: len(other.cache) == 1)
    assert other.found("/about/") == "hit"


def test_what_the_site_says_has_changed_reaches_another_machine(
    living_world: World, other: Site, chosen: None
) -> None:
    post = living_world.posts[0]
    other.warm([post.get_absolute_url(), "/about/"])
    changed(f"thread:{post.pk}")
    assert wait_until(lambda: len(other.cache) == 1)
    assert other.found("/about/") == "hit"


def test_many_names_go_in_several_messages(
    living_world: World, site: Site, other: Site, make_channel: Callable[[], Channel]
) -> None:
    other.warm([living_world.posts[0].get_absolute_url()])
    say(make_channel(), site, *map(str, range(2000)), f"post:{living_world.posts[0].pk}")
    assert wait_until(lambda: len(other.cache) == 0)


def test_a_machine_leaves_its_own_messages_alone(
    living_world: World, other: Site, make_channel: Callable[[], Channel]
) -> None:
    other.warm(["/", "/about/"])
    channel = make_channel()
    say(channel, other, "posts")
    say(channel, Site(other.log.path.with_name("third")), f"author:{living_world.ada.pk}")
    assert wait_until(lambda: len(other.cache) == 1)


def test_a_machine_hears_the_one_whose_files_it_is_a_copy_of(
    living_world: World, site: Site, tmp_path: Path, make_channel: Callable[[], Channel]
) -> None:
    copy = Site(shutil.copyfile(site.log.path, tmp_path / "copy"))
    listener = Listener(make_channel(), copy.cache)
    listener.start()
    assert wait_until(lambda: hears(copy))
    copy.get("/")
    say(make_channel(), site, "posts")
    assert wait_until(lambda: len(copy.cache) == 0)
    listener.stop()


def test_a_message_that_cannot_be_read_empties_everything_and_ends_nothing(
    world: World, make_channel: Callable[[], Channel], other: Site
) -> None:
    other.get("/")
    make_channel().send(["of another version"])
    assert wait_until(lambda: len(other.cache) == 0)
    other.get("/")
    make_channel().send([str(Message(1, (hash_of("site"),)))])
    assert wait_until(lambda: len(other.cache) == 0)


@pytest.mark.usefixtures("chosen")
def test_a_process_without_a_log_tells_all_machines(
    living_world: World, other: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receivers, "change_log", lambda: None)
    other.get("/")
    changed("site")
    assert wait_until(lambda: len(other.cache) == 0)


def test_a_channel_that_is_away_raises() -> None:
    with pytest.raises(Away):
        RedisChannel("redis://127.0.0.1:1/0", timeout=1).send(["word"])
    with pytest.raises(Away):
        list(RedisChannel("redis://127.0.0.1:1/0", timeout=1).listen(0.1))


def test_a_message_is_read_as_it_was_written() -> None:
    message = Message(2**63, (0, 5, 2**64 - 1), 17.25)
    assert Message.read(str(message)) == message


@pytest.mark.parametrize(
    "text",
    ["0 nan 0", "0 inf 0", "0 -inf 0", "0 -1.0 0", "-1 0.0 0", "0 0.0 -1", f"0 0.0 {2**64:x}", "0"],
)
def test_a_message_that_makes_no_sense_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever words
        Message.read(text)


def test_while_redis_is_away_pages_live_for_seconds_and_the_log_says_so(
    living_world: World, redis: Redis, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = Site(tmp_path / "other" / "changes")
    listener = Listener(RedisChannel(f"redis://127.0.0.1:{redis.port}/0", timeout=1), site.cache)
    listener.start()
    assert wait_until(lambda: hears(site))
    site.warm(["/"])
    redis.kill()
    assert wait_until(lambda: "pages are kept for some seconds only" in caplog.text)
    page = site.cache.peek(next(iter(site.cache.keys_by_use())))
    assert page
    page.stored_at -= 2.0
    assert site.found("/") == "hit"
    page.stored_at -= 2.0
    assert site.found("/") == "miss"
    redis.start()
    assert wait_until(lambda: hears(site))
    assert len(site.cache) == 0
    listener.stop()


class Faulty(Channel):
    """A channel of one process: its service can hang for the listener, or be away for writers."""

    is_transactional = False

    def __init__(self) -> None:
        self.hangs = self.is_away = False
        self.asked = 0
        self.echoed: list[str] = []
        self.goes_on = Event()
        self.is_heard = Event()
        self.said: Queue[str] = Queue()

    def send(self, texts: Iterable[str]) -> None:
        self.asked += 1
        if self.is_away:
            raise Away("it is away")
        for text in texts:
            self.said.put(text)

    def listen(self, seconds: float) -> Iterator[str]:
        with suppress(Empty):
            yield self.said.get(timeout=seconds)
            self.is_heard.set()

    def echo(self, text: str) -> None:
        if self.hangs:
            self.goes_on.wait()
        self.echoed.append(text)
        self.said.put(text)

    def close(self) -> None: ...


def test_while_a_listener_hangs_pages_live_for_seconds(living_world: World, site: Site) -> None:
    channel = Faulty()
    listener = Listener(channel, site.cache)
    listener.start()
    assert channel.is_heard.wait(PATIENCE)
    page = old_page(site)
    assert wait_until(lambda: site.cache.is_fresh(page, time.time()))
    channel.hangs = True
    assert wait_until(lambda: not site.cache.is_fresh(page, time.time()))
    assert page.is_kept
    channel.goes_on.set()
    listener.stop()


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Faulty:
    """The settings call for this channel."""
    channel = Faulty()
    monkeypatch.setattr(choosing, "channel", lambda: channel)
    return channel


def test_after_a_failure_writers_leave_the_channel_alone(
    faulty: Faulty, site: Site, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    faulty.is_away = True
    settings.PARLEY_OUTAGE_PAUSE = 60
    for _ in range(3):
        choosing.tell(site.log, ["site"], 0.0)
    assert faulty.asked == 1
    assert caplog.text.count("Other machines cannot be told") == 1
    settings.PARLEY_OUTAGE_PAUSE = 0
    faulty.next_try = 0.0
    for _ in range(2):
        choosing.tell(site.log, ["site"], 0.0)
    assert faulty.asked == 3


def test_what_others_could_not_be_told_has_them_forget_everything(
    faulty: Faulty, site: Site
) -> None:
    everything = str(Message(site.log.machine, (EVERYTHING,)))
    listener = Listener(faulty, site.cache)
    listener.start()
    assert faulty.is_heard.wait(PATIENCE)
    assert everything not in faulty.echoed
    faulty.is_away = True
    choosing.tell(site.log, ["posts"], 0.0)
    assert wait_until(lambda: everything in faulty.echoed)
    listener.stop()


def test_while_redis_hangs_writers_wait_for_it_once(
    redis: Redis, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    channel = RedisChannel(f"redis://127.0.0.1:{redis.port}/0", timeout=1)
    monkeypatch.setattr(choosing, "channel", lambda: channel)
    redis.process.send_signal(signal.SIGSTOP)
    for _ in range(3):
        choosing.tell(site.log, ["site"], 0.0)
    assert caplog.text.count("Other machines cannot be told") == 1


def test_while_postgresql_hangs_pages_live_for_seconds_and_the_log_says_so(
    living_world: World, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite tells nobody")
    listener = Listener(PostgresChannel(), site.cache)
    listener.start()
    assert wait_until(lambda: hears(site))
    page = old_page(site)
    assert wait_until(lambda: site.cache.is_fresh(page, time.time()))
    backends = listening_backends()
    for backend in backends:
        os.kill(backend, signal.SIGSTOP)
    try:
        assert wait_until(lambda: "pages are kept for some seconds only" in caplog.text)
        assert not site.cache.is_fresh(page, time.time())
    finally:
        for backend in backends:
            os.kill(backend, signal.SIGCONT)
    assert wait_until(lambda: hears(site))
    assert len(site.cache) == 0
    listener.stop()


def listening_backends() -> list[int]:
    """Return the processes of PostgreSQL, on this machine, that listen to a test's database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND query ~ 'parley_pages|pg_notify'"
        )
        found = [pid for (pid,) in cursor.fetchall()]
    try:
        for pid in found:
            os.kill(pid, 0)
    except OSError:
        pytest.skip("the database runs elsewhere, or as somebody else")
    return found
