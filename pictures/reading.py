"""From untrusted bytes to pixels: upright, in sRGB, no larger than asked, carrying nothing but pixels."""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from pictures.refusal import RefusedPicture

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SRGB = ImageCms.createProfile("sRGB")


def read_pixels(data: bytes, *, max_pixels: int, max_side: int) -> tuple[Image.Image, str]:
    """Return the picture as an `RGB` or `RGBA` image and the Pillow name of the format it came in.

    The pixel count is checked from the header, before anything is decoded. An animation gives its
    first frame.
    """
    image = _open(data, max_pixels=max_pixels)
    source_format = image.format or ""
    try:
        image = _load(image, max_side=max_side)
    # Decoders raise whatever their parsers stumble on; Pillow promises no list.
    except Exception as error:
        raise RefusedPicture("damaged") from error
    return _bare(_in_srgb(_upright(image))), source_format


def _open(data: bytes, *, max_pixels: int) -> Image.Image:
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


def _load(image: Image.Image, *, max_side: int) -> Image.Image:
    """Decode, at a reduced scale where the format can, and shrink into a square of max_side."""
    image.draft(None, (max_side, max_side))
    image.load()
    image = _eight_bit(image)
    image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _eight_bit(image: Image.Image) -> Image.Image:
    """Leave what can be resampled and colour-managed as it is; turn palettes and deep greys into that."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _upright(image: Image.Image) -> Image.Image:
    """Apply the camera's orientation. A photo with an unreadable EXIF block is still a photo."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert by the embedded profile; a missing or broken one means sRGB, as browsers take it."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        converted = ImageCms.profileToProfile(image, profile, SRGB, outputMode=target)
    except (KeyError, TypeError, ValueError, OSError, ImageCms.PyCMSError):
        converted = None
    return converted or image.convert(target)


def _bare(image: Image.Image) -> Image.Image:
    """Drop an alpha channel that hides nothing, and everything that is not a pixel."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
    return image
