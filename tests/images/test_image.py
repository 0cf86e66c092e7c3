"""What an image says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from images.licences import Licence
from images.models import Image
from tests.images.conftest import MakeImage


def test_a_text_gets_every_size_and_every_word(make_image: MakeImage) -> None:
    image = make_image(
        width=1200,
        height=600,
        alt="A heron",
        caption="At dawn",
        credit="Ada Okafor",
        credit_url="https://example.org/ada",
        licence="cc-by-sa-4.0",
    )
    picture = image.as_picture()
    assert picture.full_src == image.url == f"/media/images/{image.uploaded_at:%Y}/{image.key}.jpg"
    stem = picture.full_src.removesuffix(".jpg")
    assert (
        picture.srcset
        == f"{stem}-480.webp 480w, {stem}-720.webp 720w, {stem}-960.webp 960w, {stem}.jpg 1200w"
    )
    assert picture.src == f"{stem}-960.webp"
    assert (picture.width, picture.height, picture.alt) == (1200, 600, "A heron")
    assert (picture.caption, picture.credit) == ("At dawn", "Ada Okafor")
    assert picture.licence == "CC BY-SA 4.0"
    assert picture.licence_url == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_a_small_image_has_one_size(make_image: MakeImage) -> None:
    image = make_image(width=300, height=200)
    assert image.srcset == ""
    assert image.as_picture().src == image.thumbnail_url == image.url


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("", ""),
        ("other", ""),
        ("all-rights-reserved", ""),
        ("public-domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("cc-by-nc-nd-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("cc-by-2.0", "https://creativecommons.org/licenses/by/2.0/"),
    ],
)
def test_a_licence_links_to_its_deed(code: str, url: str) -> None:
    assert Image(licence=code).licence_url == url


@pytest.mark.parametrize("licence", Licence)
def test_every_licence_fits_its_column(licence: Licence) -> None:
    assert len(licence) <= (Image._meta.get_field("licence").max_length or 0)


def test_other_terms_say_nothing_of_their_own() -> None:
    assert Image(licence="other").licence_notice == ""
    with translation.override("en"):
        assert Image(licence="all-rights-reserved").licence_notice == "All rights reserved"


def test_an_image_is_known_by_its_alt_text_or_else_its_name() -> None:
    assert str(Image(alt="A heron", name="IMG_1", key="k")) == "A heron"
    assert str(Image(name="IMG_1", key="k")) == "IMG_1"
    assert str(Image(key="k")) == "k"


def test_the_pictures_of_a_text_take_one_query(
    make_image: MakeImage, django_assert_num_queries: Any
) -> None:
    images = [make_image(width=40, height=30) for _ in range(3)]
    keys = [image.key for image in images]
    with django_assert_num_queries(1):
        pictures = Image.objects.pictures_for([*keys, keys[0], "unknown"])
    assert sorted(pictures) == sorted(keys)
    with django_assert_num_queries(0):
        assert Image.objects.pictures_for([]) == {}


def test_what_lacks_alt_text_is_neither_described_nor_decorative(make_image: MakeImage) -> None:
    missing = make_image(width=40, height=30, alt="")
    make_image(width=40, height=30, alt="", decorative=True)
    make_image(width=40, height=30)
    assert list(Image.objects.without_alt()) == [missing]
    assert missing.needs_alt


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_focal_point_lies_in_the_image(make_image: MakeImage, share: float) -> None:
    image = make_image(width=40, height=30)
    image.focal_x = share
    with pytest.raises(ValidationError):
        image.full_clean()


def test_the_natural_key_is_the_key(make_image: MakeImage) -> None:
    image = make_image(width=40, height=30)
    assert Image.objects.get_by_natural_key(*image.natural_key()) == image
