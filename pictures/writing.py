"""Encodes clean pixels as files for the web."""

from functools import reduce
from io import BytesIO

from PIL import Image, ImageChops

JPEG_QUALITY = 82
WEBP_QUALITY = 80
# Most pixels of drawings and screenshots equal their neighbour; few of photographs do, even grey ones.
FLAT_ENOUGH = 0.5


def is_graphic(image: Image.Image) -> bool:
    """Return whether a picture is a drawing or screenshot, not a photograph, by its flat areas."""
    steps = ImageChops.difference(image, ImageChops.offset(image, 1, 0))
    strongest = reduce(ImageChops.lighter, steps.split())
    return strongest.histogram()[0] > FLAT_ENOUGH * image.width * image.height


def encode(image: Image.Image, *, graphic: bool) -> tuple[bytes, str]:
    """Return the bytes of the full picture and the extension of their format."""
    if graphic:
        return saved(_with_palette(image), "PNG", optimize=True), "png"
    if image.mode == "RGBA":
        return saved(image, "WEBP", quality=JPEG_QUALITY, method=4), "webp"
    return saved(image, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True), "jpg"


def encode_rendition(image: Image.Image, *, width: int, graphic: bool) -> bytes:
    """Return a WebP of that width; lossless for a drawing, whose edges would blur otherwise."""
    small = scaled(image, width)
    return saved(small, "WEBP", lossless=graphic, quality=WEBP_QUALITY, method=4)


def smaller(data: bytes, *, width: int) -> bytes:
    """Return a clean photograph as a WebP of that width, or of its own width if that is less."""
    with Image.open(BytesIO(data)) as image:
        return encode_rendition(image, width=min(width, image.width), graphic=False)


def scaled(image: Image.Image, width: int) -> Image.Image:
    """Return the picture at that width, and at least one pixel high."""
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def dominant_colour(image: Image.Image) -> str:
    """Return the most frequent colour as "#rrggbb"; "" for a transparent picture."""
    if image.mode == "RGBA":
        return ""
    small = image.resize((64, 64), Image.Resampling.BOX)
    few = small.convert("RGB").quantize(colors=6)
    commonest = max(range(6), key=few.histogram().__getitem__)
    return "#" + bytes((few.getpalette() or [])[commonest * 3 : commonest * 3 + 3]).hex()


def _with_palette(image: Image.Image) -> Image.Image:
    """Give a picture of at most 256 colours a palette if that loses nothing: it halves the file."""
    if image.mode == "RGBA" or image.getcolors(256) is None:
        return image
    indexed = image.quantize(colors=256, dither=Image.Dither.NONE)
    return (
        indexed if ImageChops.difference(indexed.convert("RGB"), image).getbbox() is None else image
    )


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the bytes of a file in this format, as Pillow names it and its options."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
