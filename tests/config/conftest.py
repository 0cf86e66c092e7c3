"""A tree of static files, collected as for production."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

Collect = Callable[..., str]


@pytest.fixture
def collect(settings: Any, tmp_path: Path) -> Collect:
    """collect({"a.css": "…"}) -> what is served for a.css, the first of the files."""

    def collect_and_serve(files: dict[str, str]) -> str:
        for name, text in files.items():
            path = tmp_path / "source" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        settings.STATICFILES_DIRS = [tmp_path / "source"]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        settings.STATIC_ROOT = tmp_path / "static"
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "config.static.StaticFiles"}
        }
        call_command("collectstatic", interactive=False, verbosity=0)
        answer = Client().get(staticfiles_storage.url(next(iter(files))))
        return b"".join(answer).decode()

    return collect_and_serve
