"""Decodes untrusted bytes to pixels: upright, in sRGB, limited in size, without metadata."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, ImageMath, ImageOps

from pictures.refusal import RefusedPicture

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SRGB = ImageCms.createProfile("sRGB")
# A PNG's transparent colour is in the file's own depth (PNG, 11.3.1.1), and Pillow converts only
# the pixels to eight bits.
KEY_IN_EIGHT_BITS = {
    "L;2": lambda key: key * 85,
    "L;4": lambda key: key * 17,
    "RGB;16B": lambda key: tuple(part >> 8 for part in key),
}


def read_pixels(image: Image.Image, *, max_side: int) -> Image.Image:
    """Return an opened picture as an `RGB` or `RGBA` image; of an animation, its first frame."""
    with told_as_damaged():
        return clean_pixels(_loaded(image, max_side=max_side), max_side=max_side)


@contextmanager
def told_as_damaged() -> Iterator[None]:
    """Turn any error of a decoder into RefusedPicture (`damaged`): Pillow promises no list."""
    try:
        yield
    except RefusedPicture:
        raise
    except Exception as error:
        raise RefusedPicture("damaged") from error


def clean_pixels(image: Image.Image, *, max_side: int) -> Image.Image:
    """Return decoded pixels of any kind upright, in sRGB, and within a square of `max_side`."""
    image = _eight_bit(image)
    image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _bare(_in_srgb(_upright(image)))


def open_picture(data: bytes, *, max_pixels: int) -> Image.Image:
    """Open a picture and count its pixels by its header, without decoding. Raises RefusedPicture."""
    too_many = RefusedPicture("too_many_pixels", megapixels=max_pixels // 1_000_000)
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many from error
    except Exception as error:
        raise RefusedPicture("not_a_picture") from error
    if image.width * image.height > max_pixels:
        raise too_many
    return image


def _loaded(image: Image.Image, *, max_side: int) -> Image.Image:
    """Decode the picture, at a reduced scale if the format can."""
    tiles = getattr(image, "tile", ())
    kind = str(tiles[0].args) if tiles else ""
    image.draft(None, (max_side, max_side))
    image.load()
    if kind in KEY_IN_EIGHT_BITS and "transparency" in image.info:
        image.info["transparency"] = KEY_IN_EIGHT_BITS[kind](image.info["transparency"])
    return image


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return the picture without palette or deep grey, to be resampled and colour-managed."""
    if image.mode.startswith("I"):
        return _eight_bit_grey(image)
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _eight_bit_grey(image: Image.Image) -> Image.Image:
    grey = image.point(lambda value: value * (1 / 256)).convert("L")
    key = image.info.get("transparency")
    if key is None:
        return grey
    shown = ImageMath.lambda_eval(lambda args: (args["deep"] != key) * 255, deep=image.convert("I"))
    seen = Image.merge("RGBA", (grey, grey, grey, shown.convert("L")))
    seen.info = {name: value for name, value in image.info.items() if name != "transparency"}
    return seen


def _upright(image: Image.Image) -> Image.Image:
    """Apply the camera's orientation. A photo with an unreadable EXIF block is still a photo."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert by the embedded profile; without a valid one it is sRGB, as browsers assume."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        converted = ImageCms.profileToProfile(image, profile, SRGB, outputMode=target)
    except (KeyError, TypeError, ValueError, OSError, ImageCms.PyCMSError):
        converted = None
    return converted or image.convert(target)


def _bare(image: Image.Image) -> Image.Image:
    """Remove an alpha channel that hides nothing, and everything that is not a pixel."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
    return image
