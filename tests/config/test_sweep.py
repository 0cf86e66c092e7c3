"""Files that nothing names are swept away, and those that are missing are told of."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.portraits import cut_portrait, files_of, store_portrait
from background.models import Task
from images.models import Image
from tests.conftest import MakeUser
from tests.pictures.samples import encoded, half_and_half


def left_behind(name: str, *, hours: float) -> str:
    """A file that nobody names, written that long ago."""
    name = default_storage.save(name, ContentFile(b"RIFF"))
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(name), (then, then))
    return name


def sweep(*options: str) -> list[str]:
    said = StringIO()
    call_command("sweep_media", *options, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def kept(make_image: Callable[..., Image], make_user: MakeUser) -> list[str]:
    """Files that rows name, all of them old."""
    image = make_image(width=1000, height=800)
    user = make_user()
    user.portrait = store_portrait(cut_portrait(encoded(half_and_half())))
    user.save()
    names = [*image.file_names, *files_of(user.portrait.name)]
    for name in names:
        os.utime(default_storage.path(name), (0, 0))
    return names


def test_what_nothing_names_is_deleted_once_it_is_old(kept: list[str]) -> None:
    old = left_behind("images/2020/old.webp", hours=25)
    half = left_behind("portraits/.half.part", hours=25)
    young = left_behind("images/2020/young.webp", hours=23)
    assert sweep("--dry-run") == [f"would delete {old}", f"would delete {half}"]
    assert default_storage.exists(old)
    assert sweep() == [f"deleted {old}", f"deleted {half}"]
    assert not default_storage.exists(old)
    assert all(default_storage.exists(name) for name in [*kept, young])
    assert sweep("--hours", "22") == [f"deleted {young}"]
    assert sweep() == ["Every file is named, and every named file is there."]


def test_what_lies_beside_the_uploads_is_left_alone(kept: list[str], settings: Any) -> None:
    Path(settings.MEDIA_ROOT, "by-hand.txt").write_text("mine")
    os.utime(Path(settings.MEDIA_ROOT, "by-hand.txt"), (0, 0))
    assert sweep() == ["Every file is named, and every named file is there."]


def test_a_file_that_is_named_and_not_there_is_told_of(kept: list[str]) -> None:
    default_storage.delete(kept[0])
    assert sweep() == [f"missing {kept[0]}"]


def test_an_upload_under_way_is_never_swept(db: None) -> None:
    with pytest.raises(CommandError, match="from 1"):
        sweep("--hours", "0")


def test_the_worker_sweeps_by_itself(kept: list[str], run_tasks: Callable[[], Any]) -> None:
    old = left_behind("images/2020/old.webp", hours=25)
    run_tasks()
    assert not default_storage.exists(old)
    assert not Task.objects.failed().exists()


def test_another_sites_database_costs_no_files(
    db: None, run_tasks: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    names = [left_behind(f"images/2020/{number}.webp", hours=25) for number in range(30)]
    run_tasks()
    assert all(default_storage.exists(name) for name in names)
    assert "Nothing names 30 of 30 uploaded files" in caplog.text
