"""A picture that the disk does not take: a sentence at its field, and nothing half written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from accounts.portraits import files_of
from accounts.roles import Role
from images.models import Image
from tests.conftest import MakeUser
from tests.pictures.samples import encoded, photo

PICTURE = encoded(photo(1200, 900))


class FullDisk:
    """Takes the first files, and then runs full amid one."""

    room = 0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    disk = FullDisk()
    chunks = ContentFile.chunks

    def run_full(self: Any, chunk_size: int | None = None) -> Iterator[bytes]:
        whole = b"".join(chunks(self, chunk_size))
        if disk.room:
            disk.room -= 1
            yield whole
            return
        yield whole[: len(whole) // 2]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ContentFile, "chunks", run_full)
    return disk


@pytest.fixture
def as_editor(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user(role=Role.EDITOR))
    return client


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def sent() -> SimpleUploadedFile:
    return SimpleUploadedFile("fog.png", PICTURE, "image/png")


@pytest.mark.parametrize("room", [0, 1, 2])
def test_the_library_says_so_at_the_field_and_keeps_the_words(
    as_editor: Client, disk: FullDisk, settings: Any, room: int
) -> None:
    disk.room = room
    page = as_editor.post("/admin/images/image/add/", {"picture": sent(), "alt": "Fog"})
    assert page.status_code == 200
    assert "disk is full" in page.context["adminform"].form.errors["picture"][0]
    assert 'rows="2"' in page.text
    assert "Fog" in page.text
    assert files(settings) == []
    assert not Image.objects.exists()


def test_the_editor_is_told_by_the_upload(as_editor: Client, disk: FullDisk, settings: Any) -> None:
    answer = as_editor.post("/admin/images/upload/", {"image": sent()})
    assert answer.status_code == 507
    assert "disk is full" in answer.json()["error"]
    assert files(settings) == []


@pytest.mark.parametrize("room_left", [0, 1, 2])
def test_a_portrait_that_does_not_fit_leaves_the_old_one(
    client: Client, make_user: MakeUser, disk: FullDisk, settings: Any, room_left: int
) -> None:
    user = make_user("mina")
    client.force_login(user)
    links = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
    disk.room = 3 + room_left  # a portrait is three files
    client.post("/accounts/profile/", links | {"own-portrait": sent(), "display_name": "Mina"})
    kept = User.objects.get(pk=user.pk).portrait.name
    assert kept
    page = client.post("/accounts/profile/", links | {"own-portrait": sent()})
    assert "disk is full" in page.text
    assert User.objects.get(pk=user.pk).portrait.name == kept
    assert {path.name for path in files(settings)} == {Path(name).name for name in files_of(kept)}


def test_a_disk_that_says_so_at_the_last_moment_leaves_nothing(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        default_storage.save("images/a.webp", ContentFile(b"x" * 100))
    assert files(settings) == []


def test_a_name_that_is_taken_is_not_written_over(settings: Any) -> None:
    first = default_storage.save("images/a.webp", ContentFile(b"first"))
    second = default_storage.save("images/a.webp", ContentFile(b"second"))
    assert first != second
    with default_storage.open(first) as file:
        assert file.read() == b"first"
    assert len(files(settings)) == 2
