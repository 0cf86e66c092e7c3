"""A reader with an account gives themselves a face, and takes it away again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from PIL import Image

from accounts.models import Author, User
from accounts.roles import Role
from tests.pictures.samples import camera_exif, encoded, half_and_half

pytestmark = pytest.mark.django_db
# A file is deleted once it is certain that its row is.
committed = pytest.mark.django_db(transaction=True)
URL = "/accounts/profile/"
NO_LINKS = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}


@pytest.fixture
def mina(make_user: Any, client: Client) -> User:
    """A reader without a byline, signed in."""
    user: User = make_user("mina")
    client.force_login(user)
    return user


SMALLER = ("-128", "-320")


def portraits() -> list[Path]:
    """Every portrait on the disk; each has its smaller ones, and nothing lies beside them."""
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*.*"))
    full = [file for file in files if not file.stem.endswith(SMALLER)]
    assert files == sorted(file.with_stem(file.stem + e) for file in full for e in ("", *SMALLER))
    return full


def sent(content: bytes, name: str = "me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def field_of(response: Any) -> Any:
    (field,) = html.fromstring(response.content).xpath(
        "//div[contains(@class, 'field')][.//input[@name='own-portrait']]"
    )
    return field


def png_of(side: int) -> bytes:
    """A black square, one bit a pixel, all of it there: it weighs almost nothing until it is opened."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + crc32(kind + data).to_bytes(4)

    header = side.to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    pixels = compress(bytes(1 + side // 8) * side)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def test_a_reader_gives_themselves_a_face(client: Client, mina: User, make_upload: Any) -> None:
    assert not field_of(client.get(URL)).xpath(".//img")
    data = {"display_name": "Mina", "own-portrait": make_upload(name="../Mina at home.html")}
    assert client.post(URL, data)["Location"] == URL
    (file,) = portraits()
    mina.refresh_from_db()
    assert mina.portrait.name == f"portraits/{file.name}"
    assert file.suffix == ".webp"
    assert re.fullmatch(r"[\w-]{16}", file.stem), "a random name"
    for side, ending in (512, ""), (128, "-128"), (320, "-320"):
        with Image.open(file.with_stem(file.stem + ending)) as picture:
            assert (picture.size, picture.format) == ((side, side), "WEBP")
    (shown,) = field_of(client.get(URL)).xpath(".//img")
    assert shown.get("src") == f"/media/{mina.portrait.name}"
    served = client.get(shown.get("src"))
    assert served.getvalue() == file.read_bytes()
    served.close()


def test_what_a_telephone_writes_into_a_photo_is_not_kept(client: Client, mina: User) -> None:
    photo = encoded(half_and_half(200, 100), exif=camera_exif(orientation=6))
    assert b"Spionage BV" in photo
    client.post(URL, {"own-portrait": sent(photo, "me.jpg")})
    (file,) = portraits()
    assert b"Spionage" not in file.read_bytes()
    with Image.open(file) as picture:
        assert not picture.getexif()
        upper, lower = picture.getpixel((50, 10)), picture.getpixel((50, 90))
    assert isinstance(upper, tuple)
    assert isinstance(lower, tuple)
    assert upper[0] > 200, "turned as it was held: red is on top"
    assert lower[2] > 200


def test_a_small_portrait_is_not_blown_up(client: Client, mina: User, make_upload: Any) -> None:
    client.post(URL, {"own-portrait": make_upload((90, 60))})
    (file,) = portraits()
    for ending in ("", *SMALLER):
        with Image.open(file.with_stem(file.stem + ending)) as picture:
            assert picture.size == (60, 60)


@committed
def test_another_portrait_takes_the_place_of_the_first(
    client: Client, mina: User, make_upload: Any
) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    (first,) = portraits()
    client.post(URL, {"own-portrait": make_upload((300, 300))})
    (second,) = portraits()
    assert first != second


@committed
def test_a_reader_takes_the_portrait_away(client: Client, mina: User, make_upload: Any) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    (box,) = field_of(client.get(URL)).xpath(".//input[@type='checkbox']")
    client.post(URL, {box.get("name"): "on"})
    mina.refresh_from_db()
    assert (mina.portrait.name, portraits()) == ("", [])
    assert not field_of(client.get(URL)).xpath(".//img")


def test_a_new_name_alone_leaves_the_portrait(client: Client, mina: User, make_upload: Any) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    before = portraits()
    client.post(URL, {"display_name": "Mina V.", "own-portrait": ""})
    assert portraits() == before
    assert User.objects.get().portrait.name


@committed
def test_the_portrait_goes_with_the_account(client: Client, mina: User, make_upload: Any) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    User.objects.all().delete()
    assert portraits() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Dear diary,\n", "This is not a picture we can read."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a picture we can read."),
        (b"", "The submitted file is empty."),
        (encoded(half_and_half(), "PNG")[:150], "damaged or incomplete"),
        (png_of(20_000), "larger than 40 megapixels"),
        (bytes(10 * 2**20 + 1), "larger than 10 MB"),
    ],
    ids=["text", "svg", "empty", "cut", "bomb", "heavy"],
)
def test_what_is_no_fit_picture_is_refused_in_words_and_nothing_else_is_lost(
    client: Client, mina: User, make_upload: Any, content: bytes, told: str
) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    before = portraits()
    response = client.post(URL, {"display_name": "Mina typed", "own-portrait": sent(content)})
    field = field_of(response)
    (error,) = field.xpath(".//ul[contains(@class, 'errorlist')]")
    assert told in error.text_content()
    picker = field.xpath(".//input[@type='file']")[0]
    assert picker.get("aria-invalid") == "true"
    assert error.get("id") in picker.get("aria-describedby").split()
    assert field.xpath(".//img"), "the one there is stays in view"
    assert 'value="Mina typed"' in response.text
    assert portraits() == before


def test_a_picture_and_the_wish_for_none_contradict_each_other(
    client: Client, mina: User, make_upload: Any
) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    before = portraits()
    response = client.post(URL, {"own-portrait": make_upload(), "own-portrait-clear": "on"})
    assert field_of(response).xpath(".//ul[contains(@class, 'errorlist')]")
    assert portraits() == before


def test_who_is_not_signed_in_gives_nobody_a_face(
    client: Client, make_user: Any, make_upload: Any
) -> None:
    make_user("mina")
    response = client.post(URL, {"own-portrait": make_upload()})
    assert response["Location"] == f"/accounts/login/?next={URL}"
    assert portraits() == []


def test_somebody_elses_portrait_stays_as_it_is(
    client: Client, mina: User, make_user: Any, make_upload: Any
) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    client.force_login(make_user("eve"))
    client.post(URL, {"own-portrait-clear": "on", "id": mina.pk, "pk": mina.pk})
    mina.refresh_from_db()
    assert mina.portrait.name
    assert len(portraits()) == 1


def test_who_has_a_byline_has_one_portrait_to_think_of(
    client: Client, mina: User, make_author: Any
) -> None:
    make_author("Mina V.", user=mina)
    page = client.get(URL)
    assert "own-portrait" not in page.text
    assert "Its portrait stands beside your replies too." in page.text


@committed
def test_a_portrait_from_before_the_byline_is_shown_and_can_be_taken_away(
    client: Client, mina: User, make_author: Any, make_upload: Any
) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    make_author("Mina V.", user=mina)
    field = field_of(client.get(URL))
    assert "readers see that one and not this one" in field.text_content()
    assert field.xpath(".//img")
    byline = {"name": "Mina V.", "portrait": make_upload()} | NO_LINKS
    client.post(URL, byline | {"own-portrait-clear": "on"})
    mina.refresh_from_db()
    assert (mina.portrait.name, len(portraits())) == ("", 1)
    assert Author.objects.get().portrait.name
    assert "own-portrait" not in client.get(URL).text


def test_portraits_are_not_changed_again_and_again(client: Client, mina: User) -> None:
    answers = [client.post(URL, {"own-portrait": sent(b"x")}).status_code for _time in range(31)]
    assert answers == [200] * 30 + [429]
    assert client.get(URL).status_code == 200


@committed
def test_an_administrator_takes_away_what_is_not_fit_to_be_shown(
    client: Client, mina: User, make_user: Any, make_upload: Any
) -> None:
    client.post(URL, {"own-portrait": make_upload()})
    client.force_login(make_user("boss", role=Role.ADMINISTRATOR))
    page = f"/admin/accounts/user/{mina.pk}/change/"
    assert f"/media/{User.objects.get(pk=mina.pk).portrait.name}" in client.get(page).text
    person = {"username": "mina", "email": mina.email, "is_active": "on"}
    client.post(page, person | {"portrait": sent(b"<script>")})
    assert len(portraits()) == 1
    assert client.post(page, person | {"portrait-clear": "on"}).status_code == 302
    assert portraits() == []


def test_what_an_administrator_sends_is_cut_and_cleaned_as_well(
    client: Client, mina: User, make_user: Any
) -> None:
    client.force_login(make_user("boss", role=Role.ADMINISTRATOR))
    photo = encoded(half_and_half(800, 600), exif=camera_exif())
    person = {"username": "mina", "email": mina.email, "is_active": "on"}
    photographed = person | {"portrait": sent(photo, "me.jpg")}
    client.post(f"/admin/accounts/user/{mina.pk}/change/", photographed)
    (file,) = portraits()
    assert b"Spionage" not in file.read_bytes()
    with Image.open(file) as picture:
        assert picture.size == (512, 512)
