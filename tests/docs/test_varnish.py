"""The Varnish part of docs/running.md, played with Varnish and a server of our own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.serving.conftest import PATIENCE, ROOT, Serve, Site, serve, staff

__all__ = ["serve", "staff"]  # fixtures

VARNISH = shutil.which("varnishd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(not VARNISH, reason="needs varnishd")
PUBLISH = """
import sys
import django; django.setup()
from accounts.models import Author
from blog import publishing
from blog.models import Post
from django.utils import timezone
author, _ = Author.objects.get_or_create(name="Ada")
post = Post(title=sys.argv[1], body="Tea.", language="en")
publishing.publish(post=post, by=None, at=timezone.now(), bylines=[(author, "author")], tags=[])
print(post.get_absolute_url())
"""


@pytest.fixture
def port(tmp_path: Path) -> int:
    """Where Varnish will listen."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def varnish(serve: Serve, staff: str, tmp_path: Path, port: int) -> Iterator[Site]:
    """Varnish in front of a site; asking this asks Varnish."""
    site = serve(PARLEY_PURGE=f"http://127.0.0.1:{port}", PARLEY_PROXIES="1")
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    (rules,) = re.findall(r"```vcl\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "parley.vcl"
    file.write_text(rules.replace('.port = "8000"', f'.port = "{site.port}"'))
    command = [str(VARNISH), "-F", "-a", f"127.0.0.1:{port}", "-f", str(file), "-s", "malloc,16m"]
    with (tmp_path / "varnish.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "-n", str(tmp_path / "varnish"), "-j", "none"], stdout=log, stderr=log
        )
    in_front = site._replace(port=port)
    until = time.monotonic() + PATIENCE
    while not listens(port):
        assert time.monotonic() < until, (tmp_path / "varnish.log").read_text()
        assert process.poll() is None, (tmp_path / "varnish.log").read_text()
        time.sleep(0.05)
    yield in_front
    process.terminate()
    process.wait(PATIENCE)


def listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def is_hit(site: Site, path: str, **headers: str) -> bool:
    """Return whether Varnish answers from memory: it names the request that brought the page too."""
    return len(site.ask(path, None, **headers).headers["X-Varnish"].split()) == 2


def publish(site: Site, title: str, port: int) -> str:
    own = {"PARLEY_DATA": str(site.folder / "data"), "DATABASE_URL": "", "CACHE_URL": ""}
    own |= {"PARLEY_PURGE": f"http://127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, title],
        cwd=ROOT,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_varnish_keeps_pages_and_forgets_those_that_show_what_changes(
    varnish: Site, port: int
) -> None:
    first = publish(varnish, "Early tea", port)
    for path in ("/", "/robots.txt", first):
        varnish.ask(path)
        assert is_hit(varnish, path), path
    publish(varnish, "Late tea", port)
    assert is_hit(varnish, "/robots.txt")
    home = varnish.ask("/")
    assert "Late tea" in home.text
    assert len(home.headers["X-Varnish"].split()) == 1
    assert is_hit(varnish, "/")


def test_readers_see_nothing_of_it(varnish: Site) -> None:
    for _ in range(2):
        headers = varnish.ask("/").headers
        assert headers["Cache-Control"] == "public, no-cache"
        assert not {"Surrogate-Key", "Surrogate-Control", "Cache-Tag"} & set(headers.keys())


def test_people_who_are_signed_in_are_not_answered_by_it(varnish: Site, staff: str) -> None:
    varnish.ask("/")
    assert is_hit(varnish, "/", cookie="_ga=1")
    assert not is_hit(varnish, "/", cookie=f"_ga=1; {staff}")
    assert not is_hit(varnish, "/", cookie=f"_ga=1; {staff}")


def test_what_nobody_can_tell_it_of_is_not_kept(varnish: Site) -> None:
    for _ in range(2):
        assert varnish.ask("/2011/05/nothing/").status == 404
        assert not is_hit(varnish, "/2011/05/nothing/")


def test_pages_for_https_are_not_given_to_others(varnish: Site) -> None:
    secure = f"https://127.0.0.1:{varnish.port}/"
    assert secure in varnish.ask("/", x_forwarded_proto="https").text
    assert secure not in varnish.ask("/").text
