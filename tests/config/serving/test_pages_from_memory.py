"""The page cache in the server itself: two processes, and others that change things beside them."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
from http.client import HTTPConnection
from pathlib import Path

import pytest

from pagecache.answers import VARY
from tests.config.serving.conftest import PATIENCE, Serve, Site, run_beside

WRITE = """
import django; django.setup()
from accounts.models import Author
from blog import publishing
from blog.models import Post
post = Post(title="A quiet morning", language="en", body="The kettle sings.")
publishing.publish(post=post, by=None, bylines=[(Author.objects.create(name="Ada"), "author")])
print(post.get_absolute_url())
"""
RENAME = """
import django; django.setup()
from accounts.models import Author
author = Author.objects.get()
author.name = "Ada Okafor"
author.save()
"""


def bodies(site: Site, path: str, times: int = 12) -> set[str]:
    """Ask over as many connections, which the processes share, and return the different answers."""
    return {site.ask(path).text for _ in range(times)}


def raw(site: Site, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask twice on one connection, so that the second answer is one from memory; return that."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    for _ in range(2):
        connection.request(
            "GET", path, headers={n.replace("_", "-"): v for n, v in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def processes_of(site: Site) -> list[int]:
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    return [int(child) for child in children.split()]


@pytest.mark.usefixtures("staff")
def test_a_change_beside_the_server_shows_in_all_its_processes_at_once(
    serve: Serve, tmp_path: Path
) -> None:
    address = run_beside(tmp_path, WRITE)
    site = serve(processes=2)
    for path in ("/", address):
        (before,) = bodies(site, path)
        assert "Ada Okafor" not in before
    run_beside(tmp_path, RENAME)
    for path in ("/", address):
        (after,) = bodies(site, path)
        assert "Ada Okafor" in after


@pytest.mark.usefixtures("staff")
def test_an_answer_from_memory_says_what_django_says(serve: Serve, tmp_path: Path) -> None:
    address = run_beside(tmp_path, WRITE)
    site, plain = serve(), {}
    for path in ("/", address, "/feed/", "/archive/?page=x&utm=1"):
        plain[path] = raw(site, path)
        packed = raw(site, path, Accept_Encoding="gzip")
        assert gzip.decompress(packed[2]) == plain[path][2]
        assert packed[1].keys() - plain[path][1].keys() == {"content-encoding"}
        tag = packed[1]["etag"]
        known = raw(site, path, Accept_Encoding="gzip", If_None_Match=tag)
        assert (known[0], known[2]) == (304, b"")
    site.process.terminate()
    site.process.wait(PATIENCE)
    uncached = serve(PARLEY_PAGE_CACHE="0")
    for path, (status, headers, body) in plain.items():
        made = raw(uncached, path)
        assert (made[0], made[2].replace(str(uncached.port).encode(), b"")) == (
            status,
            body.replace(str(site.port).encode(), b""),
        )
        telling = {"etag", "vary", "content-length", "date", "cache-control", "last-modified"}
        assert {
            n: v for n, v in made[1].items() if n not in telling | {"content-security-policy"}
        } == {n: v for n, v in headers.items() if n not in telling | {"content-security-policy"}}


@pytest.mark.usefixtures("staff")
def test_headers_beside_the_key_get_nothing_into_an_answer(serve: Serve) -> None:
    site = serve()
    clean = raw(site, "/about/", Accept_Encoding="gzip")
    for name in ("X_Forwarded_Host", "X_Original_URL", "Cookie", "Referer", "Origin", "Range"):
        marked = raw(site, f"/about/?{name}", Accept_Encoding="gzip", **{name: "marker=marker"})
        assert (marked[0], marked[2]) == (clean[0], clean[2])
    assert raw(site, "/about/", Accept_Encoding="gzip")[2] == clean[2]


@pytest.mark.usefixtures("staff")
def test_a_process_that_is_killed_leaves_whole_pages(serve: Serve, tmp_path: Path) -> None:
    address = run_beside(tmp_path, WRITE)
    site = serve(processes=2)
    (before,) = bodies(site, address)
    os.kill(processes_of(site)[0], signal.SIGKILL)
    assert bodies(site, address) == {before}
    run_beside(tmp_path, RENAME)
    (after,) = bodies(site, address)
    assert "Ada Okafor" in after


def test_without_a_file_for_changes_the_site_runs_uncached_and_says_so(
    serve: Serve, tmp_path: Path, staff: str
) -> None:
    folder = tmp_path / "data" / "run"
    shutil.rmtree(folder)
    folder.write_text("no folder")
    site = serve()
    assert raw(site, "/about/")[0] == 200
    assert "pages are not kept in memory, and other processes are not told" in site.log
    assert raw(site, "/about/")[1]["vary"] != VARY


def test_the_access_log_knows_answers_from_memory(serve: Serve, staff: str) -> None:
    site = serve(PARLEY_ACCESS_LOG="1", PARLEY_HOSTS="127.0.0.1")
    headers = raw(site, "/about/", X_Request_ID="a1b2c3d4e5", User_Agent="Reader/1.0")[1]
    assert headers["x-request-id"] == "a1b2c3d4e5"
    lines = [line for line in site.log.splitlines() if "GET /about/ 200" in line]
    assert len(lines) == 2
    assert all("127.0.0.1 GET" in line and "a1b2c3d4e5 'Reader/1.0'" in line for line in lines)
