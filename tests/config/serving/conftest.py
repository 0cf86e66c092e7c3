"""The server itself, run on a port of this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[3]
SERVER = "-m config.serving --processes {} --bind 127.0.0.1:{}"
PATIENCE = 30
PICTURE = 9 * 2**20


class Answer(NamedTuple):
    status: int
    headers: Message
    text: str


class Site(NamedTuple):
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        url = f"http://127.0.0.1:{self.port}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, body, named)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read().decode())

    def send(self, *lines: str, body: bytes = b"") -> socket.socket:
        """Write a request, and leave the connection open and its answer unread."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return connection

    def is_ready(self, host: str) -> str:
        """What `/readyz` says once its look at the database was quick enough."""
        while (told := self.ask("/readyz", host=host).text) == "the database does not answer\n":
            continue
        return told

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()


Serve = Callable[..., Site]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """serve(NAME="value", …) -> a site with these variables and an empty data folder."""
    started = []

    def start(processes: int = 1, **variables: str) -> Site:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        known = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        pretend_to_have_collected(tmp_path / "data" / "static")
        variables = {"PARLEY_DATA": str(tmp_path / "data"), **variables}
        with (tmp_path / "log").open("w") as log:
            command = [sys.executable, *SERVER.format(processes, port).split()]
            process = subprocess.Popen(command, cwd=ROOT, env=known | variables, stderr=log)
        started.append(process)
        site = Site(port, tmp_path, process)
        wait_for_first_answer(site)
        return site

    yield start
    for process in started:
        process.terminate()
        process.wait(PATIENCE)


def pretend_to_have_collected(folder: Path) -> None:
    """Pages look up the names of their styles; nobody fetches these."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    names = [path.relative_to(ROOT / "static").as_posix() for path in files]
    manifest = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
    (folder / "staticfiles.json").write_text(json.dumps(manifest))


def wait_for_first_answer(site: Site) -> None:
    while site.process.poll() is None:
        try:
            site.ask("/healthz")
        except urllib.error.URLError:
            continue
        return
    raise AssertionError(site.log)


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield server


def address(server: socket.socket) -> str:
    return f"127.0.0.1:{server.getsockname()[1]}"


def add_picture(site: Site, size: int = PICTURE) -> None:
    folder = site.folder / "data" / "media" / "images"
    folder.mkdir(parents=True)
    (folder / "big.webp").write_bytes(bytes(size))


SIGN_IN = """
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from accounts.models import User
call_command("migrate", verbosity=0)
user = User.objects.create_superuser("ada", "ada@example.org", "x")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session.save()
print(session.session_key)
"""


@pytest.fixture
def staff(tmp_path: Path) -> str:
    """The cookie of somebody of the staff, who is in the database of the site that is served next."""
    return f"sessionid={run_beside(tmp_path, SIGN_IN)}"


def run_beside(folder: Path, script: str) -> str:
    """Run a script on the site's data, as `manage.py` commands run, and return what it prints."""
    own = {"PARLEY_DATA": str(folder / "data"), "DATABASE_URL": "", "CACHE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()
