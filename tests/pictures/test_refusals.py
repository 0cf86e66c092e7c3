"""What is no picture, or too much of one, is refused with a reason."""

import struct
import zlib
from contextlib import suppress
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pictures import RefusedPicture, clean
from tests.pictures.samples import encoded, half_and_half, photo

KINDS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]
SMALL = {kind: encoded(half_and_half(64, 32), kind) for kind in KINDS}


def refusal(data: bytes, **limits: Any) -> RefusedPicture:
    with pytest.raises(RefusedPicture) as caught:
        clean(data, **limits)
    return caught.value


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system($_GET['c']); ?>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"GIF89a",
        b"\x00" * 100,
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refusal(data).code == "not_a_picture"


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "EPS", "PDF"])
def test_kinds_that_browsers_do_not_show_are_refused(kind: str) -> None:
    assert refusal(encoded(half_and_half(), kind)).code == "not_a_picture"


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"").code == "empty"


def test_a_file_above_the_limit_is_refused_and_one_at_it_is_not() -> None:
    data = encoded(photo())
    assert clean(data, max_bytes=len(data)).width == 640
    assert refusal(data, max_bytes=len(data) - 1).code == "too_big"


def test_the_standard_limit_is_ten_megabytes() -> None:
    error = refusal(b"\xff" * (10 * 2**20 + 1))
    assert error.code == "too_big"
    assert "10 MB" in error.message


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_cut_off_halfway_is_refused(kind: str) -> None:
    data = encoded(photo(), kind)
    assert refusal(data[: len(data) // 2]).code in ("damaged", "not_a_picture")


def test_more_than_forty_megapixels_are_refused_from_the_header() -> None:
    error = refusal(png_header(10_000, 4_001))
    assert error.code == "too_many_pixels"
    assert "40 megapixels" in error.message


def test_a_claimed_size_within_the_limit_is_decoded_and_found_empty() -> None:
    assert refusal(png_header(10_000, 4_000)).code == "damaged"


@pytest.mark.parametrize("side", [10_000, 20_000, 60_000])
def test_a_decompression_bomb_is_refused(side: int) -> None:
    assert refusal(png_header(side, side)).code == "too_many_pixels"


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "JPEG"])
def test_a_real_bomb_of_any_kind_is_refused(kind: str) -> None:
    assert refusal(encoded(Image.new("L", (8000, 5001)), kind)).code == "too_many_pixels"


@pytest.mark.parametrize(
    "code", ["empty", "too_big", "not_a_picture", "too_many_pixels", "damaged"]
)
def test_every_refusal_reads_as_a_sentence(code: str) -> None:
    error = RefusedPicture(code, megabytes=10, megapixels=40)
    with translation.override("en"):
        assert str(error) == error.message
        assert error.message.endswith(".")
        assert "%" not in error.message


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(KINDS),
    place=st.floats(0, 1, exclude_max=True),
    replacement=st.binary(min_size=1, max_size=12),
)
def test_damage_anywhere_gives_a_picture_or_a_refusal(
    kind: str, place: float, replacement: bytes
) -> None:
    data = SMALL[kind]
    at = int(place * len(data))
    with suppress(RefusedPicture):
        cleaned = clean(data[:at] + replacement + data[at + len(replacement) :])
        assert cleaned.width >= 1
