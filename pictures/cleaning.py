"""The function of this package, and its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image

from pictures.moving import encode_animation, is_moving, read_animation
from pictures.reading import open_picture, read_pixels
from pictures.refusal import RefusedPicture
from pictures.writing import dominant_colour, encode, encode_rendition, is_graphic

MEGABYTE = 2**20
# Pixels of an animation in all its renditions; the smallest are made first, up to this limit.
MOST_MOVING_PIXELS_WRITTEN = 70_000_000
LOSSLESS_SOURCES = ("PNG", "GIF", "WEBP")


@dataclass(frozen=True)
class CleanPicture:
    """A picture that we encoded: pixels only, upright, sRGB.

    `renditions` are (width, WebP bytes), smallest first, only of widths below the picture's own.
    `colour` is the most frequent colour as "#rrggbb", shown while the picture loads; "" for a
    transparent picture.
    """

    data: bytes
    extension: str
    width: int
    height: int
    renditions: list[tuple[int, bytes]]
    colour: str


def clean(
    data: bytes,
    *,
    max_bytes: int = 10 * MEGABYTE,
    max_pixels: int = 40_000_000,
    max_moving_pixels: int = 50_000_000,
    max_side: int = 2560,
    widths: Sequence[int] = (480, 720, 960, 1600),
    still: bool = False,
) -> CleanPicture:
    """Make a clean picture of the bytes of a JPEG, PNG, WebP, GIF or AVIF file, whatever its name.

    Only the content decides. Orientation is applied, colours become sRGB, all metadata is removed,
    and the picture fits in a square of `max_side` pixels. Photographs become progressive JPEG;
    drawings and transparent pictures keep every pixel, as PNG or lossless WebP. An animation
    becomes animated WebP, renditions too, unless `still`, which takes its first frame. All frames
    together have at most `max_moving_pixels`, which takes about three seconds of a processor.

    Raises RefusedPicture (`empty`, `too_big`, `not_a_picture`, `too_many_pixels`,
    `too_many_frames`, `damaged`).
    """
    _check_size(data, max_bytes=max_bytes)
    source = open_picture(data, max_pixels=max_pixels)
    if not still and is_moving(source):
        return _moving(source, max_pixels=max_moving_pixels, max_side=max_side, widths=widths)
    source_format = source.format
    image = read_pixels(source, max_side=max_side)
    graphic = source_format in LOSSLESS_SOURCES and is_graphic(image)
    encoded, extension = encode(image, graphic=graphic)
    return CleanPicture(
        data=encoded,
        extension=extension,
        width=image.width,
        height=image.height,
        renditions=_renditions(image, widths=widths, graphic=graphic),
        colour=dominant_colour(image),
    )


def _moving(
    source: Image.Image, *, max_pixels: int, max_side: int, widths: Sequence[int]
) -> CleanPicture:
    animation = read_animation(source, max_pixels=max_pixels, max_side=max_side)
    width, height = animation.frames[0].size
    smaller = _affordable(widths, width=width, pixels=width * height * len(animation.frames))
    return CleanPicture(
        data=encode_animation(animation),
        extension="webp",
        width=width,
        height=height,
        renditions=[(small, encode_animation(animation.scaled(small))) for small in smaller],
        colour=animation.colour,
    )


def _affordable(widths: Sequence[int], *, width: int, pixels: int) -> list[int]:
    smaller = [one for one in sorted(widths) if one < width]
    written = accumulate((pixels * (one / width) ** 2 for one in smaller), initial=pixels)
    next(written)
    return [
        one
        for one, so_far in zip(smaller, written, strict=True)
        if so_far <= MOST_MOVING_PIXELS_WRITTEN
    ]


def _check_size(data: bytes, *, max_bytes: int) -> None:
    if not data:
        raise RefusedPicture("empty")
    if len(data) > max_bytes:
        raise RefusedPicture("too_big", megabytes=max_bytes // MEGABYTE)


def _renditions(
    image: Image.Image, *, widths: Sequence[int], graphic: bool
) -> list[tuple[int, bytes]]:
    return [
        (width, encode_rendition(image, width=width, graphic=graphic))
        for width in sorted(widths)
        if width < image.width
    ]
