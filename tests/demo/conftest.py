"""The demo site in the database, and its pictures in the storage."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from config.start.demo_site import store_pictures

FIXTURES = Path(settings.BASE_DIR, "fixtures")


@pytest.fixture
def demo_site(db: None) -> None:
    store_pictures(FIXTURES / "media")
    call_command("loaddata", *sorted(FIXTURES.glob("*.yaml")), verbosity=0)
