"""Environment variables that cannot be used are refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def start(settings: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ["check"])],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("PARLEY_COMMENT_POLICY", "sometimes", "open, held, confirmed, accounts, closed"),
        ("PARLEY_LANGUAGE", "tlh", "en, nl, de"),
        ("PARLEY_PROXIES", "two", "whole number"),
        ("EMAIL_URL", "http://mail.example", "smtp://"),
        ("PARLEY_DATA", "/dev/null/var", "cannot be made"),
        ("PARLEY_TIME_ZONE", "Mars", "Europe/Amsterdam"),
        ("PARLEY_TIME_ZONE", "/etc", "Europe/Amsterdam"),
        ("PARLEY_TIME_ZONE", "Europe", "Europe/Amsterdam"),
        ("PARLEY_CLOSE_AFTER", "10000000", "from 0 to 36500"),
        ("PARLEY_DATABASE_TIMEOUT", "0", "from 1 to 600"),
        ("PARLEY_CACHE_TIMEOUT", "1.5", "from 1 to 600"),
        ("PARLEY_OUTAGE_PAUSE", "3600", "from 1 to 600"),
        ("PARLEY_DISK_SPACE", "-1", "from 0"),
        ("PARLEY_CLOSE_AFTER", "9" * 5000, "from 0 to 36500"),
        ("PARLEY_EDIT_WINDOW", "99999999999999", "from 0 to 525600"),
        ("PARLEY_FORM_KB", "64", "from 128 to 12288"),
        ("PARLEY_FORM_KB", "1 MB", "from 128 to 12288"),
        ("PARLEY_URL", "http://[x", "https://"),
        ("PARLEY_URL", "http://example.org:port", "https://"),
        ("PARLEY_URL", "https:///", "host"),
        ("EMAIL_URL", "smtp://localhost:abc", "host:port"),
        ("EMAIL_URL", "smtp://localhost:99999", "host:port"),
        ("EMAIL_URL", "smtp://localhost?timeout=abc", "timeout of EMAIL_URL"),
        ("EMAIL_URL", "smtp://localhost?timeout=0", "from 1 to 600"),
        ("DATABASE_URL", "nonsense", "postgresql://"),
        ("DATABASE_URL", "mysql://root@localhost/parley", "postgresql://"),
        ("DATABASE_URL", "postgresql://localhost:abc/parley", "postgresql://"),
        ("DATABASE_URL", "postgresql://localhost", "name a database"),
        ("CACHE_URL", "nonsense", "redis://"),
        ("CACHE_URL", "redis://localhost:abc", "redis://"),
        ("PARLEY_HOSTS", "http://x.example/", "such as blog.example.org"),
        ("PARLEY_HOSTS", "x.example,y.example/blog", "y.example/blog"),
        ("PARLEY_HOSTS", "x.example:8000", "such as blog.example.org"),
        ("PARLEY_HOSTS", "x.example y.example", "such as blog.example.org"),
        ("PARLEY_HOSTS", "*.x.example", "such as blog.example.org"),
        ("PARLEY_MAIL_FROM", "not an address", "<blog@example.org>"),
        ("PARLEY_MAIL_FROM", "Jan, Piet <a@b.example>", "<blog@example.org>"),
        ("PARLEY_MAIL_FROM", "Jan <a@b.example", "<blog@example.org>"),
        ("PARLEY_MAIL_FROM", "a@", "<blog@example.org>"),
        ("PARLEY_MAIL_FROM", "Jan <a@b.example>\nBcc: c@d.example", "<blog@example.org>"),
        ("PARLEY_HSTS", "yes", "off, host, subdomains, preload"),
        ("PARLEY_HTTPS", "maybe", "1, true, yes, on, 0, false, no, off"),
        ("DJANGO_DEBUG", "2", "1, true, yes, on, 0, false, no, off"),
        ("EMAIL_URL", "smtp://localhost?timout=5", "nothing but a timeout"),
        ("EMAIL_URL", "smtp://localhost#5", "nothing but a timeout"),
        ("PARLEY_URL", "https://blog.example.org?x=1", "before any ? or #"),
        ("PARLEY_URL", "https://blog.example.org/#replies", "before any ? or #"),
        ("PARLEY_URL", "https://me:pear@blog.example.org", "no user and no password"),
        ("PARLEY_SITE_NAME", "The\nHeron", "one line"),
        ("PARLEY_SITE_NAME", "The \x1b[31mHeron", "one line"),
        ("PARLEY_SITE_NAME", "The\u2028Heron", "one line"),
        ("CACHE_URL", "redis://localhost/0?foo=bar", "nothing behind it but"),
        ("CACHE_URL", "redis://localhost/abc", "redis://host:port/number"),
        ("CACHE_URL", "redis://localhost/0/1x", "redis://host:port/number"),
        ("CACHE_URL", "redis://localhost?socket_timeout=soon", "nothing behind it but"),
        ("DATABASE_URL", "postgresql://localhost/parley?nonsense=1", "nonsense"),
        ("DATABASE_URL", "postgresql://localhost/parley?connect_timeout=abc", "connect_timeout"),
        ("DATABASE_URL", "postgresql://localhost/parley?keepalives_idle=1.5", "keepalives_idle"),
        ("PARLEY_PURGE", "127.0.0.1:6081", "http://127.0.0.1:6081"),
        ("PARLEY_PURGE", "http:///", "must name a host"),
        ("PARLEY_METRICS", "localhost", "addresses or networks such as"),
        ("PARLEY_METRICS", "127.0.0.1, 10.0.0.1/8", "not “10.0.0.1/8”"),
        ("PARLEY_SECRET_KEY", "x" * 31, "at least 32 characters"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    tmp_path: Path, variable: str, value: str, says: str
) -> None:
    done = start({"PARLEY_DATA": str(tmp_path), variable: value})
    assert done.returncode
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), (b"\xff" * 40, "cannot be read"), (None, "directory")],
)
def test_a_key_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    key = tmp_path / "secret_key"
    key.mkdir() if content is None else key.write_bytes(content)
    done = start({"PARLEY_DATA": str(tmp_path), "PARLEY_SECRET_KEY": ""})
    assert done.returncode
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PARLEY_SECRET_KEY", "pear-tree"), ("EMAIL_URL", "smtp://localhost?pear-tree")],
)
def test_what_is_secret_is_not_told_again(tmp_path: Path, variable: str, value: str) -> None:
    done = start({"PARLEY_DATA": str(tmp_path), variable: value})
    assert done.returncode
    assert "pear-tree" not in done.stderr


@pytest.mark.parametrize(
    "given",
    [
        {
            "DATABASE_URL": "postgresql://me:p%40ss@db.example:5433/parley?server_side_binding=false",
            "CACHE_URL": "redis://cache.example:6379/1",
            "EMAIL_URL": "smtp+tls://me:p%40ss@mail.example:587?timeout=30",
            "PARLEY_URL": "https://blog.example.org/",
        },
        {
            "DATABASE_URL": "postgresql:///parley",
            "CACHE_URL": "unix:///run/redis.sock",
            "EMAIL_URL": "smtp://localhost",
            "PARLEY_URL": "http://[::1]:8000",
        },
        {
            "PARLEY_TIME_ZONE": "America/Argentina/Ushuaia",
            "PARLEY_CLOSE_AFTER": "36500",
            "PARLEY_EDIT_WINDOW": "525600",
            "PARLEY_HOSTS": "blog.example.org, .example.org,*,127.0.0.1,[::1],::1,my_host",
            "PARLEY_MAIL_FROM": '"Zoë, Jan & Piet" <blog@example.org>',
            "PARLEY_HTTPS": "No",
            "PARLEY_SECRET_KEY": "x" * 32,
        },
        {
            "PARLEY_SITE_NAME": "Zoë’s 👨‍👩‍👧",
            "CACHE_URL": "rediss://me:p%40ss@cache.example:6379/3?socket_timeout=2&ssl_cert_reqs=none",
            "DATABASE_URL": "postgresql://db.example/parley?sslmode=verify-full&connect_timeout=3",
        },
        {"CACHE_URL": "unix:///run/redis.sock?db=2", "DATABASE_URL": "postgresql:///?service=blog"},
        {"PARLEY_METRICS": "127.0.0.1, 10.0.0.0/8,::1 , 2001:db8::/32,"},
        {"PARLEY_MAIL_FROM": "Dr. Jan <root@localhost>", "PARLEY_HTTPS": " ON "},
        {"PARLEY_MAIL_FROM": " root@localhost ", "PARLEY_URL": "https://example.org/blog"},
    ],
)
def test_settings_that_make_sense_are_taken(tmp_path: Path, given: dict[str, str]) -> None:
    done = start({"PARLEY_DATA": str(tmp_path), **given})
    assert (done.returncode, done.stderr) == (0, "")


def test_an_ipv6_address_needs_no_brackets_to_be_answered(tmp_path: Path) -> None:
    ask = (
        "from django.test import Client; "
        "print(Client().get('/robots.txt', headers={'host': '[::1]:8000'}).status_code)"
    )
    settings = {"PARLEY_DATA": str(tmp_path), "PARLEY_HOSTS": "::1"}
    assert start(settings, "shell", "--no-imports", "--command", ask).stdout == "200\n"


@pytest.mark.parametrize(
    ("given", "header"),
    [
        ({}, "max-age=31536000"),
        ({"PARLEY_HSTS": "subdomains"}, "max-age=31536000; includeSubDomains"),
        ({"PARLEY_HSTS": "preload"}, "max-age=31536000; includeSubDomains; preload"),
        ({"PARLEY_HSTS": "off"}, "None"),
        ({"PARLEY_HTTPS": "0", "PARLEY_HSTS": "preload"}, "None"),
    ],
)
def test_other_names_of_the_domain_are_bound_to_https_only_where_that_is_asked_for(
    tmp_path: Path, given: dict[str, str], header: str
) -> None:
    ask = (
        "from django.test import Client; "
        "print(Client().get('/robots.txt', secure=True).headers.get('Strict-Transport-Security'))"
    )
    settings = {"PARLEY_DATA": str(tmp_path), "PARLEY_HTTPS": "1", "PARLEY_HOSTS": "testserver"}
    done = start(settings | given, "shell", "--no-imports", "--command", ask)
    assert done.stdout.strip() == header


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://blog.example.org:8443", "https://blog.example.org:8443"),
        ("https://blog.example.org:443/", "https://blog.example.org"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_forms_are_taken_from_the_public_address_whatever_a_proxy_passes_on(
    tmp_path: Path, url: str, origin: str
) -> None:
    ask = (
        "from django.test import Client; browser = Client(enforce_csrf_checks=True); "
        "browser.cookies['csrftoken'] = 'a' * 32; "
        "data = {'csrfmiddlewaretoken': 'a' * 32}; "
        f"headers = {{'origin': '{origin}'}}; "
        "print(browser.post('/accounts/login/', data, headers=headers).status_code)"
    )
    # Without a database: nothing is counted in a cache that is away.
    settings = {"DJANGO_DEBUG": "1", "CACHE_URL": "redis://127.0.0.1:1", "PARLEY_URL": url}
    place = {"PARLEY_DATA": str(tmp_path), "PARLEY_HOSTS": "testserver"}
    done = start(place | settings, "shell", "--no-imports", "--command", ask)
    assert done.stdout.strip() == "200"
