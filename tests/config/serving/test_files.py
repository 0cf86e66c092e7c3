"""Files over HTTP: which part is sent, and when none needs to be (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

CONTENT = bytes(range(100))
ADDRESS = "/media/images/a.webp"


@pytest.fixture
def picture(db: None, settings: Any) -> Path:
    path = Path(settings.MEDIA_ROOT, "images", "a.webp")
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return path


@pytest.mark.parametrize(
    ("asked", "status", "sent", "which"),
    [
        ("bytes=0-9", 206, CONTENT[:10], "bytes 0-9/100"),
        ("bytes=0-0", 206, CONTENT[:1], "bytes 0-0/100"),
        ("bytes=99-99", 206, CONTENT[99:], "bytes 99-99/100"),
        ("bytes=90-", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=90-9999999999999999999999999", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=-10", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=-1000", 206, CONTENT, "bytes 0-99/100"),
        ("Bytes=5-6", 206, CONTENT[5:7], "bytes 5-6/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=100-200", 416, b"", "bytes */100"),
        ("bytes=-0", 416, b"", "bytes */100"),
        ("bytes=9-0", 200, CONTENT, None),
        ("bytes=0-1,5-6", 200, CONTENT, None),
        ("bytes=-", 200, CONTENT, None),
        ("bytes=", 200, CONTENT, None),
        ("bytes=a-b", 200, CONTENT, None),
        ("bytes=--5", 200, CONTENT, None),
        ("bytes=+1-5", 200, CONTENT, None),
        ("bytes=1_0-50", 200, CONTENT, None),
        ("items=0-1", 200, CONTENT, None),
    ],
)
def test_the_part_that_is_asked_for_is_sent(
    client: Client, picture: Path, asked: str, status: int, sent: bytes, which: str | None
) -> None:
    answer = client.get(ADDRESS, headers={"range": asked})
    assert (answer.status_code, answer.getvalue()) == (status, sent)
    answer.close()
    assert answer.headers.get("Content-Range") == which
    assert answer.headers["Content-Length"] == str(len(sent))


def test_a_head_request_has_no_part(client: Client, picture: Path) -> None:
    answer = client.head(ADDRESS, headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, "100")
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_part_of_what_has_changed_meanwhile_is_the_whole(client: Client, picture: Path) -> None:
    whole = client.get(ADDRESS)
    whole.close()
    for validator in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        part = client.get(ADDRESS, headers={"range": "bytes=0-9", "if-range": validator})
        part.close()
        assert part.status_code == 206
    for other in ('"other"', f"W/{whole.headers['ETag']}", "Mon, 01 Jan 2001 00:00:00 GMT"):
        answer = client.get(ADDRESS, headers={"range": "bytes=0-9", "if-range": other})
        assert (answer.status_code, answer.getvalue()) == (200, CONTENT)
        answer.close()


def test_who_has_the_file_gets_it_no_second_time(client: Client, picture: Path) -> None:
    whole = client.get(ADDRESS)
    whole.close()
    tag, date = whole.headers["ETag"], whole.headers["Last-Modified"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get(ADDRESS, headers={"if-none-match": known})
        assert (answer.status_code, answer.headers["ETag"]) == (304, tag)
    assert client.get(ADDRESS, headers={"if-modified-since": date}).status_code == 304
    both = {"if-none-match": '"other"', "if-modified-since": date}
    for unknown in ({"if-modified-since": "nonsense"}, both):
        answer = client.get(ADDRESS, headers=unknown)
        assert (answer.status_code, answer.getvalue()) == (200, CONTENT)
        answer.close()


def test_an_upload_is_never_run(client: Client, picture: Path) -> None:
    picture.with_suffix(".html").write_text("<script>alert(1)</script>")
    answer = client.get("/media/images/a.html")
    answer.close()
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", [".hidden.part", "x/.y/z", "", "images", "images/", "images//a.webp"]
)
def test_what_is_no_upload_is_not_found(
    db: None, client: Client, picture: Path, settings: Any, name: str
) -> None:
    picture.with_name(".hidden.part").write_bytes(b"half")
    (Path(settings.MEDIA_ROOT) / ".hidden.part").write_bytes(b"half")
    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_takes_no_post(db: None, client: Client, picture: Path) -> None:
    assert client.post(ADDRESS).status_code == 405
