"""What whoever runs the site finds in the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.config.test_environment import start

PRELUDE = """
import logging
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from config import urls

def say(request):
    logging.getLogger("site").warning("Grüße\\n%s", 1)
    return HttpResponse()

urls.urlpatterns += [path("say", say), path("boom", lambda request: 1 / 0)]
browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
"""
AGENT = "Mozilla/5.0 (X11)"


def log_of(ask: str, folder: Path, **given: str) -> tuple[list[str], list[str]]:
    """What is logged, and what is printed, while a browser asks; without a database, in a site of its own."""
    settings = {
        "PARLEY_DATA": str(folder),
        "PARLEY_HOSTS": "testserver",
        "DJANGO_DEBUG": "1",
        "CACHE_URL": "redis://127.0.0.1:1",
        **given,
    }
    done = start(settings, "shell", "--no-imports", "--command", PRELUDE + ask)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines(), done.stdout.splitlines()


def test_programs_that_guess_fill_no_log(tmp_path: Path) -> None:
    logged, _ = log_of(
        "[browser.post('/accounts/login/', {'login': n}) for n in range(20)]; "
        "[browser.post('/accounts/login/', headers={'origin': f'https://{n}.example'})"
        " for n in range(20)]; "
        "[browser.get(f'/media/no-such/{n}.php') for n in range(20)]",
        tmp_path,
    )
    assert len(logged) == 2
    assert "CSRF cookie not set" in logged[0]
    assert "Origin checking failed" in logged[1]


def test_a_form_that_is_refused_is_no_error_of_the_site(tmp_path: Path) -> None:
    logged, printed = log_of(
        "form = '&'.join(f'n{n}=1' for n in range(9999)); "
        "print(*{browser.post('/accounts/login/', form, 'application/x-www-form-urlencoded')"
        ".status_code for _ in range(9)})",
        tmp_path,
    )
    assert printed == ["400"]
    (line,) = logged
    assert "WARNING" in line
    assert "exceeded" in line


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ("0", "203.0.113.7", "127.0.0.1"),
        ("1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
    ],
)
def test_each_request_is_a_line_with_the_readers_own_address(
    tmp_path: Path, proxies: str, forwarded: str, address: str
) -> None:
    headers = {"x-forwarded-for": forwarded, "user-agent": AGENT, "x-request-id": "a1b2c3d4"}
    logged, _ = log_of(
        f"browser.get('/robots.txt?a=b', headers={headers})",
        tmp_path,
        PARLEY_ACCESS_LOG="1",
        PARLEY_PROXIES=proxies,
    )
    (line,) = logged
    told = line.partition("parley.access: ")[2].split(" ")
    assert told[:4] == [address, "GET", "/robots.txt?a=b", "200"]
    assert int(told[4]) > 100
    assert told[5].endswith("ms")
    assert told[6:] == ["a1b2c3d4", "'Mozilla/5.0", "(X11)'"]


def test_nothing_is_logged_of_a_request_unless_asked_for(tmp_path: Path) -> None:
    ask = "print(browser.get('/robots.txt', headers={'x-request-id': 'a1b2c3d4'}).has_header('X-Request-ID'))"
    assert log_of(ask, tmp_path) == ([], ["False"])


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/comments/mine/eyJh:1wX:q-_z9/", "/comments/mine/…/"),
        ("/robots.txt?token=eyJh:1wX:q-_z9&b=1", "/robots.txt?token=…&b=1"),
        ("/accounts/password/reset/key/3-c8x-5f/", "/accounts/password/reset/key/…/"),
        ("/media/a%20b%0Ac", "/media/a%20b%0Ac"),
    ],
)
def test_no_link_that_lets_somebody_in_is_written_out(
    tmp_path: Path, path: str, written: str
) -> None:
    ask = f"browser.get({path!r})"
    logged, _ = log_of(ask, tmp_path, PARLEY_ACCESS_LOG="1", PARLEY_LOG="json")
    told = [json.loads(line) for line in logged]
    assert [one["path"] for one in told if "path" in one] == [written]


@pytest.mark.parametrize(
    ("sent", "is_taken"),
    [("a1b2-c3d4._Z", True), ("short", False), ("x" * 65, False), ("a1b2c3d4 \\u2028", False)],
)
def test_lines_of_json_tell_the_number_of_their_request(
    tmp_path: Path, sent: str, is_taken: bool
) -> None:
    ask = (
        f"print(browser.get('/say', headers={{'x-request-id': '{sent}'}}).headers['X-Request-ID'])"
    )
    logged, printed = log_of(ask, tmp_path, PARLEY_LOG="json")
    (told,) = [json.loads(line) for line in logged]
    assert told["message"] == "Grüße\n1"
    assert (told["level"], told["logger"]) == ("WARNING", "site")
    assert [told["request_id"]] == printed
    assert (printed == [sent]) is is_taken


def test_an_error_is_told_with_its_traceback_in_one_line(tmp_path: Path) -> None:
    logged, _ = log_of("browser.get('/boom')", tmp_path, PARLEY_LOG="json")
    (told,) = [json.loads(line) for line in logged]
    assert "ZeroDivisionError" in told["exception"]
    assert told["request_id"]
