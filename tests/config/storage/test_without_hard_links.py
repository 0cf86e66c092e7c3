"""A data folder on a file system that knows no hard links, as FAT and some network shares."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from config.env.site import secret_key
from config.uploads.storage import WholeFiles


@pytest.fixture(autouse=True)
def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


def test_uploads_of_one_name_are_kept_beside_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = WholeFiles(tmp_path)
    # As when both ask at once.
    names = iter(["a.webp", "a.webp", "a_2.webp"])
    monkeypatch.setattr(storage, "get_available_name", lambda *_, **__: next(names))
    for content in (b"one", b"two"):
        storage.save("a.webp", ContentFile(content))
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert kept == {"a.webp": b"one", "a_2.webp": b"two"}


def test_the_first_start_keeps_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARLEY_SECRET_KEY", raising=False)
    key = secret_key(tmp_path)
    assert len(key) >= 32
    assert secret_key(tmp_path) == key
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
