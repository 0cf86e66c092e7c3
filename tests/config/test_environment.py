"""Environment variables that cannot be used are refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def start(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
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
        ("PARLEY_CLOSE_AFTER", "9" * 5000, "from 0 to 36500"),
        ("PARLEY_EDIT_WINDOW", "99999999999999", "from 0 to 525600"),
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
        },
    ],
)
def test_settings_that_make_sense_are_taken(tmp_path: Path, given: dict[str, str]) -> None:
    done = start({"PARLEY_DATA": str(tmp_path), **given})
    assert (done.returncode, done.stderr) == (0, "")
