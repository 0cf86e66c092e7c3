"""A picture that is taken comes out clean."""

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from pictures import clean
from tests.pictures.samples import (
    GPS_IFD,
    camera_exif,
    decoded,
    drawing,
    encoded,
    half_and_half,
    photo,
    png_with_key,
)

RED, BLUE = (255, 0, 0), (0, 0, 255)


def near(pixel: object, other: tuple[int, ...], by: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= by for a, b in zip(pixel, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photograph_of_any_kind_becomes_a_progressive_jpeg(kind: str) -> None:
    cleaned = clean(encoded(photo(), kind))
    written = decoded(cleaned.data)
    assert (cleaned.extension, cleaned.width, cleaned.height) == ("jpg", 640, 480)
    assert (written.format, written.size) == ("JPEG", (640, 480))
    assert written.info["progressive"] == 1


def test_a_grey_photograph_is_still_a_photograph() -> None:
    assert clean(encoded(photo(mode="L"), "PNG")).extension == "jpg"


def test_a_drawing_keeps_every_pixel() -> None:
    cleaned = clean(encoded(drawing(), "PNG"))
    assert cleaned.extension == "png"
    assert decoded(cleaned.data).convert("RGB").tobytes() == drawing().tobytes()


def test_a_drawing_sent_as_jpeg_stays_jpeg() -> None:
    assert clean(encoded(drawing(), "JPEG")).extension == "jpg"


def test_a_see_through_drawing_stays_see_through() -> None:
    image = drawing().convert("RGBA")
    image.paste((0, 0, 0, 0), (300, 300, 400, 400))
    cleaned = clean(encoded(image, "PNG"))
    assert cleaned.extension == "png"
    assert decoded(cleaned.data).getchannel("A").getpixel((350, 350)) == 0


def test_a_see_through_photograph_becomes_webp() -> None:
    image = photo(mode="RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    cleaned = clean(encoded(image, "PNG"))
    assert (cleaned.extension, decoded(cleaned.data).mode) == ("webp", "RGBA")


def test_an_alpha_channel_that_hides_nothing_is_dropped() -> None:
    cleaned = clean(encoded(drawing().convert("RGBA"), "PNG"))
    assert not decoded(cleaned.data).has_transparency_data


def test_a_palette_with_a_see_through_colour_is_kept() -> None:
    image = Image.new("P", (20, 20), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.paste(1, (10, 0, 20, 20))
    written = decoded(clean(encoded(image, "GIF", transparency=1)).data).convert("RGBA")
    assert written.getpixel((0, 0)) == (255, 0, 0, 255)
    assert written.getchannel("A").getpixel((15, 5)) == 0


@pytest.mark.parametrize(
    ("depth", "key", "other", "shown"),
    [
        (1, [1], [0], (0, 0, 0)),
        (2, [1], [3], (255, 255, 255)),
        (2, [3], [0], (0, 0, 0)),
        (4, [5], [9], (153, 153, 153)),
        (8, [77], [200], (200, 200, 200)),
        (16, [30000], [50000], (195, 195, 195)),
        (16, [0x1234], [0x1235], (18, 18, 18)),
        (8, [10, 20, 30], [10, 20, 40], (10, 20, 40)),
        (16, [0x8001, 0x1002, 0x0003], [0x8001, 0x1002, 0xFF00], (128, 16, 255)),
    ],
)
def test_the_one_see_through_colour_of_a_png_of_any_depth_is_kept(
    depth: int, key: list[int], other: list[int], shown: tuple[int, int, int]
) -> None:
    written = decoded(clean(png_with_key(depth, key, other)).data).convert("RGBA")
    assert written.getchannel("A").getpixel((1, 1)) == 0
    assert written.getpixel((6, 1)) == (*shown, 255)


def test_print_colours_become_screen_colours() -> None:
    image = Image.new("CMYK", (40, 40), (0, 255, 255, 0))
    written = decoded(clean(encoded(image, "JPEG")).data)
    assert written.mode == "RGB"
    assert near(written.getpixel((20, 20)), (255, 0, 0), by=40)


def test_sixteen_bit_grey_keeps_its_brightness() -> None:
    image = Image.new("I;16", (40, 40), 32768)
    assert near(
        decoded(clean(encoded(image, "PNG")).data).convert("RGB").getpixel((5, 5)), (128,) * 3
    )


def test_a_colour_profile_is_converted_and_dropped() -> None:
    """The profile of this picture has red and blue exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
    written = decoded(clean(encoded(half_and_half(), "JPEG", icc_profile=swapped)).data)
    assert "icc_profile" not in written.info
    assert near(written.getpixel((10, 50)), BLUE)


def test_a_broken_colour_profile_is_ignored() -> None:
    written = decoded(clean(encoded(half_and_half(), "JPEG", icc_profile=b"nonsense")).data)
    assert near(written.getpixel((10, 50)), RED)


@pytest.mark.parametrize(
    ("orientation", "size", "top_left"),
    [
        (1, (200, 100), RED),
        (2, (200, 100), BLUE),
        (3, (200, 100), BLUE),
        (6, (100, 200), RED),
        (8, (100, 200), BLUE),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_orientation_of_the_camera_is_applied(
    kind: str, orientation: int, size: tuple[int, int], top_left: tuple[int, ...]
) -> None:
    cleaned = clean(encoded(half_and_half(), kind, exif=camera_exif(orientation), quality=95))
    written = decoded(cleaned.data).convert("RGB")
    assert (cleaned.width, cleaned.height) == size == written.size
    assert near(written.getpixel((5, 5)), top_left)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_and_camera_are_gone_from_every_file(kind: str) -> None:
    sent = encoded(photo(), kind, exif=camera_exif(), quality=95)
    assert decoded(sent).getexif().get_ifd(GPS_IFD)
    cleaned = clean(sent)
    for data in (cleaned.data, *(data for _width, data in cleaned.renditions)):
        assert not decoded(data).getexif()
        assert b"Spionage" not in data


def test_text_chunks_and_trailing_bytes_are_gone() -> None:
    words = PngInfo()
    words.add_text("Comment", "<script>alert(0)</script>")
    sent = encoded(drawing(), "PNG", pnginfo=words) + b"<script>alert(1)</script>"
    assert sent.count(b"script") == 4
    assert b"script" not in clean(sent).data


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_broken_exif_block_does_not_cost_the_photograph() -> None:
    sent = encoded(half_and_half(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert clean(sent).width == 200


def test_a_large_photograph_is_made_to_fit() -> None:
    cleaned = clean(encoded(Image.new("RGB", (4000, 1000), "green")))
    assert (cleaned.width, cleaned.height) == (2560, 640)


def test_a_thin_line_keeps_at_least_one_pixel() -> None:
    cleaned = clean(encoded(Image.new("RGB", (6000, 1), "green"), "PNG"))
    assert (cleaned.width, cleaned.height) == (2560, 1)


def test_renditions_are_webp_below_the_width_of_the_picture() -> None:
    cleaned = clean(encoded(photo(1000, 500)))
    assert [width for width, _data in cleaned.renditions] == [480, 720, 960]
    for width, data in cleaned.renditions:
        assert (decoded(data).format, decoded(data).size) == ("WEBP", (width, width // 2))


def test_a_small_picture_has_no_renditions() -> None:
    assert clean(encoded(photo(480, 100))).renditions == []


def test_the_caller_chooses_the_widths() -> None:
    assert [width for width, _ in clean(encoded(photo()), widths=(96, 32)).renditions] == [32, 96]


def test_the_dominant_colour_is_the_most_frequent_one() -> None:
    assert clean(encoded(drawing(), "PNG")).colour == "#c03020"


def test_what_is_see_through_has_no_colour_to_show_before_it() -> None:
    assert clean(encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")).colour == ""
