"""What the layer keeps of an application's answers, and what it never keeps."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pagecache.cache import PageCache
from pagecache.log import ChangeLog
from pagecache.wsgi import PageCacheLayer, ask
from tests.pagecache.site import ROOM, environ
from web.shown import SHOWN, Shown


class Application:
    """Answers each time the same, and says which names its page shows."""

    status = "200 OK"
    body = b"<p>Tea.</p>"
    shown = ("posts",)

    def __init__(self) -> None:
        self.headers = [("Content-Type", "text/html")]
        self.asked: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ)
        environ.get(SHOWN, Shown()).names.update(self.shown)
        start_response(self.status, self.headers)
        return [self.body]


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def layer(application: Application, tmp_path: Path) -> PageCacheLayer:
    layer = PageCacheLayer(application, PageCache(ChangeLog(tmp_path / "run" / "changes"), ROOM))
    layer._process = os.getpid()  # nobody looks after it
    return layer


def is_kept(layer: PageCacheLayer) -> bool:
    """Ask for the front page twice, and return whether the second answer came from memory."""
    first, second = (ask(layer, environ("/")) for _ in range(2))
    assert first == second
    return layer.cache.counts["hit"] == 1


def test_a_page_that_is_the_same_for_all_is_kept(
    layer: PageCacheLayer, application: Application
) -> None:
    assert is_kept(layer)
    assert len(application.asked) == 1


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "sessionid=x"),
        ("set-cookie", "sessionid=x"),
        ("Cache-Control", "private"),
        ("Cache-Control", "max-age=0, Private"),
        ("Cache-Control", "no-store"),
        ("Cache-Control", "max-age=0, No-Store"),
    ],
)
def test_a_page_with_a_header_for_one_reader_is_never_kept(
    header: tuple[str, str], layer: PageCacheLayer, application: Application
) -> None:
    application.headers.append(header)
    assert not is_kept(layer)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("body", b'<input type="hidden" name="csrfmiddlewaretoken" value="x">'),
        ("status", "404 Not Found"),
        ("status", "503 Service Unavailable"),
        ("shown", ()),
    ],
)
def test_a_form_an_error_and_a_page_that_says_nothing_are_never_kept(
    what: str, value: Any, layer: PageCacheLayer, application: Application
) -> None:
    setattr(application, what, value)
    assert not is_kept(layer)


def test_what_is_asked_for_below_another_address_goes_past(
    layer: PageCacheLayer, application: Application
) -> None:
    assert is_kept(layer)
    ask(layer, environ("/", SCRIPT_NAME="/blog"))
    assert application.asked[-1]["SCRIPT_NAME"] == "/blog"
    assert layer.cache.counts["pass"] == 1
