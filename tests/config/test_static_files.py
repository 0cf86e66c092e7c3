"""What is collected for production: all that a page asks for, under hashed names, and little else."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from accounts.models import User
from accounts.roles import ensure_byline
from config.start.demo_site import load_demo_site
from config.start.static_files import collect_static_files
from tests.browser.addresses import for_staff

pytestmark = pytest.mark.django_db

HASHED = re.compile(r"\.[0-9a-f]{12}(\.\w+)?(\.br|\.gz)?$")


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "config.static.StaticFiles"}
    }
    collect_static_files()
    return tmp_path / "static"


@pytest.fixture
def staff(client: Client) -> Client:
    load_demo_site()
    chief = User.objects.create_superuser("chief", "chief@example.org", "correct horse")
    ensure_byline(user=chief)
    client.force_login(chief)
    return client


def test_every_page_of_the_desk_finds_what_it_asks_for(collected: Path, staff: Client) -> None:
    asked = set()
    for language in ("en", "nl", "de"):
        for url in for_staff().values():
            page = staff.get(url, headers={"accept-language": language}, follow=True)
            asked |= set(re.findall(r'(?:src|href)="/static/([^"]+)"', page.content.decode()))
    assert len(asked) > 40
    assert [name for name in sorted(asked) if not (collected / name).exists()] == []


@pytest.mark.parametrize(
    ("wanted", "coding"),
    [
        ("br, gzip", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("br; q=0.0, gzip;q=0.001", "gzip"),
        ("br;Q=0,identity", None),
        ("", None),
    ],
)
def test_a_file_comes_in_no_coding_that_is_refused(
    collected: Path, wanted: str, coding: str | None
) -> None:
    style = staticfiles_storage.url("css/site.css")
    answer = Client().get(style, headers={"accept-encoding": wanted})
    assert answer.headers.get("Content-Encoding") == coding
    answer.close()


@pytest.mark.parametrize("name", ["site", "admin"])
def test_a_style_sheet_has_its_parts_in_it(collected: Path, name: str) -> None:
    url = staticfiles_storage.url(f"css/{name}.css")
    for coding, unpack in {
        "identity": bytes,
        "gzip": gzip.decompress,
        "br": brotli.decompress,
    }.items():
        answer = Client().get(url, headers={"accept-encoding": coding})
        text = unpack(b"".join(answer)).decode()
        assert "@import" not in text
        assert text.count("--paper:") >= 1
        fonts = re.findall(r'url\("([^"]+)"\)', text)
        assert len(fonts) == 6
        assert all((collected / "css" / font).is_file() for font in fonts)


def test_the_layers_of_the_site_are_in_one_piece_and_in_order(collected: Path) -> None:
    sheet = (
        collected / staticfiles_storage.url("css/site.css").removeprefix("/static/")
    ).read_text()
    assert [*dict.fromkeys(re.findall(r"@layer (\w+)\{", sheet))] == [
        *("tokens", "base", "site", "lists", "post", "prose", "forms", "thread", "print")
    ]
    assert sheet.index("@layer tokens, base") < sheet.index("@layer tokens{")


def test_parts_of_a_style_sheet_are_not_collected_beside_it(collected: Path) -> None:
    assert {path.name.split(".")[0] for path in (collected / "css").rglob("*.css")} == {
        *("site", "code", "admin", "desk", "editor", "images", "queue", "settings")
    }


def test_parts_of_a_script_are_not_collected_beside_it(collected: Path) -> None:
    assert {path.name.split(".")[0] for path in (collected / "js").rglob("*.js")} == {
        *("choices", "conversation", "editor", "queue")
    }


def test_nothing_is_collected_that_no_page_asks_for(collected: Path) -> None:
    files = [path.relative_to(collected).as_posix() for path in collected.rglob("*.*")]
    bare = {"staticfiles.json", ".collected"}
    assert [name for name in files if name not in bare and not HASHED.search(name)] == []
    manifest = staticfiles_storage.hashed_files  # type: ignore[attr-defined]
    assert "admin/js/vendor/xregexp/xregexp.min.js" in manifest
    assert "admin/js/vendor/xregexp/xregexp.js" not in manifest
    i18n = [name for name in manifest if "select2/i18n" in name]
    assert sorted(Path(name).stem for name in i18n) == ["de", "en", "nl"]
    assert len(files) < 400
