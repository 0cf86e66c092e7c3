"""`manage.py prepare`, which stands between installed packages and a running server."""

from __future__ import annotations

import errno
import re
import shlex
import shutil
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.portraits import cut_portrait, files_of, store_portrait
from blog.models import Post
from images.models import Image
from tests.conftest import MakePost, MakeUser
from tests.pictures.samples import encoded, half_and_half

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places_of_its_own(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small tree of static files, no catalogues, and no password from outside."""
    source = tmp_path / "static-source"
    source.mkdir()
    (source / "site.css").write_text("body { margin: 0 }", encoding="ascii")
    settings.BASE_DIR = settings.DATA_DIR = tmp_path
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.delenv("PARLEY_PASSWORD", raising=False)
    for name in ("requirements.txt", "config/settings.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()


@pytest.fixture
def somebody_wrote(make_post: MakePost) -> Post:
    return make_post("Mine")


def prepare() -> str:
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


def password_in(output: str) -> str:
    found = re.search(r"Password +(\S+)", output)
    assert found
    return found[1]


def can_sign_in(client: Client, password: str) -> bool:
    client.post(reverse("account_login"), {"login": "admin", "password": password})
    return client.get(reverse("admin:index")).status_code == 200


@pytest.fixture
def face(make_user: MakeUser) -> str:
    """The name of a portrait from before smaller ones were made of them."""
    user = make_user("ada")
    user.portrait = store_portrait(cut_portrait(encoded(half_and_half())))
    user.save()
    for name in files_of(user.portrait.name)[1:]:
        default_storage.delete(name)
    return str(user.portrait.name)


def test_portraits_get_the_smaller_ones_that_they_lack(face: str) -> None:
    prepare()
    assert [name for name in files_of(face) if not default_storage.exists(name)] == []


def test_a_portrait_that_cannot_be_read_stops_no_start(
    face: str, make_user: MakeUser, caplog: pytest.LogCaptureFixture
) -> None:
    lost = default_storage.save("portraits/lost.webp", ContentFile(b"RIFF"))
    make_user("bo", portrait=lost)
    make_user("cy", portrait="portraits/gone.webp")
    prepare()
    assert default_storage.exists(files_of(face)[-1])
    assert caplog.text.count("Nothing smaller can be made") == 2


def test_an_empty_database_gets_the_demo_site() -> None:
    assert "Loading the demo site …" in prepare()
    assert Post.objects.live().count() >= 10


def test_the_demo_sites_pictures_are_put_in_place() -> None:
    prepare()
    names = [str(image.file.name) for image in Image.objects.all()]
    assert names
    assert [name for name in names if not default_storage.exists(name)] == []


@pytest.mark.usefixtures("somebody_wrote")
def test_the_first_administrator_signs_in_with_the_password_that_was_shown(client: Client) -> None:
    assert can_sign_in(client, password_in(prepare()))


@pytest.mark.usefixtures("somebody_wrote")
def test_the_first_administrator_has_a_byline_to_write_under() -> None:
    prepare()
    assert User.objects.get(username="admin").public_name == "admin"
    assert User.objects.get(username="admin").author.slug == "admin"


@pytest.mark.usefixtures("somebody_wrote")
def test_how_to_set_a_lost_password_stands_where_it_is_shown(settings: Any) -> None:
    data = shlex.quote(f"{settings.DATA_DIR}")
    last = prepare().splitlines()[-1]
    url = "" if connection.vendor == "sqlite" else "DATABASE_URL=… "
    assert last.endswith(f"PARLEY_DATA={data} {url}{sys.executable} manage.py changepassword admin")


@pytest.mark.usefixtures("somebody_wrote")
def test_each_site_gets_a_password_of_its_own() -> None:
    first = password_in(prepare())
    User.objects.filter(is_superuser=True).delete()
    assert password_in(prepare()) != first


@pytest.mark.usefixtures("somebody_wrote")
def test_a_password_that_was_given_is_taken_and_not_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_PASSWORD", "a password of mine")
    assert "a password of mine" not in prepare()
    assert can_sign_in(client, "a password of mine")


def test_doing_it_again_says_nothing_and_changes_nothing(client: Client) -> None:
    password = password_in(prepare())
    Post.objects.all()[0].delete()
    posts = list(Post.objects.order_by("pk").values())
    assert prepare() == ""
    assert list(Post.objects.order_by("pk").values()) == posts
    assert can_sign_in(client, password)


@pytest.mark.usefixtures("somebody_wrote")
def test_where_somebody_has_written_no_demo_is_loaded() -> None:
    assert "demo" not in prepare()
    assert Post.objects.count() == 1


def test_where_somebody_has_an_account_no_demo_is_loaded(make_user: MakeUser) -> None:
    make_user("ada")
    assert "demo" not in prepare()
    assert not Post.objects.exists()


def test_somebody_who_administers_already_stays_the_only_one(make_user: MakeUser) -> None:
    make_user("ada", is_superuser=True, is_staff=True)
    assert prepare() == "Collecting the static files …\n"
    assert User.objects.count() == 1


def test_an_account_that_took_the_name_is_left_as_it_is(make_user: MakeUser) -> None:
    make_user("Admin")
    prepare()
    assert not User.objects.get().is_superuser


@pytest.mark.usefixtures("somebody_wrote")
def test_static_files_are_collected(settings: Any) -> None:
    assert "Collecting the static files …" in prepare()
    assert Path(settings.STATIC_ROOT, "site.css").exists()


@pytest.mark.usefixtures("somebody_wrote")
def test_static_files_are_collected_again_when_one_has_changed(settings: Any) -> None:
    prepare()
    Path(settings.STATICFILES_DIRS[0], "site.css").write_text(
        "body { margin: 1 }", encoding="ascii"
    )
    assert prepare() == "Collecting the static files …\n"


@pytest.mark.usefixtures("somebody_wrote")
def test_static_files_are_collected_again_when_the_packages_have_changed(settings: Any) -> None:
    prepare()
    Path(settings.BASE_DIR, "requirements.txt").write_text("another==1.0", encoding="ascii")
    assert prepare() == "Collecting the static files …\n"


@pytest.mark.usefixtures("somebody_wrote")
def test_what_an_interrupted_start_left_half_collected_is_collected_again(settings: Any) -> None:
    prepare()
    collected = Path(settings.STATIC_ROOT, "site.css")
    collected.write_text("body {", encoding="ascii")
    Path(settings.STATIC_ROOT, ".collected").unlink()
    prepare()
    assert collected.read_text(encoding="ascii") == "body { margin: 0 }"


def test_a_picture_that_an_interrupted_start_left_half_written_is_written_again() -> None:
    prepare()
    name = str(Image.objects.all()[0].file.name)
    size = default_storage.size(name)
    Path(default_storage.path(name)).write_bytes(b"half")
    Post.objects.all().delete()
    User.objects.all().delete()
    Image.objects.all().delete()
    prepare()
    assert default_storage.size(name) == size


@pytest.mark.usefixtures("somebody_wrote")
def test_the_development_server_collects_nothing(settings: Any) -> None:
    settings.DEBUG = True
    assert "static" not in prepare()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    settings.STATIC_ROOT = tmp_path / "a-file" / "static"
    with pytest.raises(CommandError, match=r"a-file.*: Not a directory\."):
        prepare()


@pytest.mark.parametrize(
    "error", [OperationalError("database or disk is full"), OSError(errno.ENOSPC, "No space left")]
)
def test_a_full_disk_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("config.management.commands.prepare.call_command", refuse)
    with pytest.raises(CommandError, match=r"^The disk of .* is full\.$"):
        prepare()


@pytest.mark.parametrize(
    ("free", "says"), [(0, r"The disk of .* is full\."), (2**40, "does not answer: disk I/O error")]
)
def test_what_sqlite_calls_an_io_error_is_a_full_disk_where_nothing_is_free(
    monkeypatch: pytest.MonkeyPatch, free: int, says: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError("disk I/O error")

    usage = SimpleNamespace(free=free)
    monkeypatch.setattr("config.management.commands.prepare.call_command", refuse)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(CommandError, match=says):
        prepare()
