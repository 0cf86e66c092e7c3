"""Pictures drawn for the tests; no file of them is kept."""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

GPS_IFD = 0x8825
ORIENTATION = 0x0112
CAMERA_MAKE = 0x010F


def photo(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Noise over a gradient: as varied as a photograph, and the same in every run."""
    gradient = Image.linear_gradient("L").resize((width, height))
    grains = Random(width).randbytes(width * height // 16)
    noise = Image.frombytes("L", (width // 4, height // 4), grains).resize((width, height))
    return Image.merge("RGB", (gradient, noise, gradient.rotate(180))).convert(mode)


def drawing(width: int = 640, height: int = 480) -> Image.Image:
    """Flat shapes in few colours on a red ground."""
    image = Image.new("RGB", (width, height), "#c03020")
    ImageDraw.Draw(image).ellipse((10, 10, width // 3, height // 3), fill="#203040")
    return image


def half_and_half(width: int = 200, height: int = 100) -> Image.Image:
    """Red to the left, blue to the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def decoded(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def camera_exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: its maker, the orientation, and the place."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[CAMERA_MAKE] = "Spionage BV"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (52.0, 5.0, 30.0), 3: "E", 4: (4.0, 18.0, 0.0)})
    return exif


def animation(
    kind: str,
    colours: Sequence[str] = ("red", "lime", "blue"),
    *,
    size: tuple[int, int] = (30, 20),
    mode: str = "RGB",
    **options: object,
) -> bytes:
    """One frame of each colour, for 50, 100, 150… ms."""
    frames = [Image.new(mode, size, colour) for colour in colours]
    times = [50 * number for number in range(1, len(frames) + 1)]
    options = {"duration": times, "lossless": True, "quality": 100} | options
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)


def png_with_key(depth: int, key: Sequence[int], other: Sequence[int]) -> bytes:
    """A PNG of this depth, grey or coloured: the see-through colour at the left, `other` at the right."""
    values = [*key] * 4 + [*other] * 4
    bits = "".join(format(value, f"0{depth}b") for value in values)
    row = b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    header = struct.pack(">IIBBBBB", 8, 4, depth, 0 if len(key) == 1 else 2, 0, 0, 0)
    see_through = struct.pack(f">{len(key)}H", *key)
    parts = [(b"IHDR", header), (b"tRNS", see_through), (b"IDAT", zlib.compress(row * 4))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in [*parts, (b"IEND", b"")])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
