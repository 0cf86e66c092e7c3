"""Environment variables that cannot be used are refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("PARLEY_COMMENT_POLICY", "sometimes", "open, held, confirmed, accounts, closed"),
        ("PARLEY_LANGUAGE", "tlh", "en, nl, de"),
        ("PARLEY_PROXIES", "two", "whole number"),
        ("EMAIL_URL", "http://mail.example", "smtp://"),
        ("PARLEY_DATA", "/dev/null/var", "cannot be made"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    tmp_path: Path, variable: str, value: str, says: str
) -> None:
    environment = {**os.environ, "PARLEY_DATA": str(tmp_path), variable: value}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
