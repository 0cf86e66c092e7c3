"""What moves when it is sent moves when it is shown."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageSequence

from pictures import CleanPicture, RefusedPicture, clean
from tests.pictures.samples import animation, camera_exif, decoded, encoded, half_and_half, photo

KINDS = ["GIF", "WEBP", "PNG", "AVIF"]
RED, LIME, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def frames(data: bytes) -> list[Image.Image]:
    return [frame.convert("RGBA") for frame in ImageSequence.Iterator(decoded(data))]


def colours(data: bytes) -> list[tuple[int, ...]]:
    """The colour in the middle of each frame, to within what encoders lose."""
    shown = [frame.convert("RGB") for frame in frames(data)]
    middles = [frame.crop((frame.width // 2, frame.height // 2, *frame.size)) for frame in shown]
    return [tuple(round(part / 255) * 255 for part in middle.tobytes()[:3]) for middle in middles]


def durations(data: bytes) -> list[int]:
    picture = decoded(data)
    times = []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        picture.load()
        times.append(picture.info["duration"])
    return times


@pytest.mark.parametrize("kind", KINDS)
def test_every_frame_is_kept_for_its_time(kind: str) -> None:
    cleaned = clean(animation(kind))
    assert (cleaned.extension, cleaned.width, cleaned.height) == ("webp", 30, 20)
    assert colours(cleaned.data) == [RED, LIME, BLUE]
    assert durations(cleaned.data) == [50, 100, 150]


@pytest.mark.parametrize("kind", KINDS)
def test_every_size_moves(kind: str) -> None:
    cleaned = clean(animation(kind, size=(600, 300)))
    ((width, small),) = cleaned.renditions
    assert (width, decoded(small).size) == (480, (480, 240))
    assert colours(small) == [RED, LIME, BLUE]
    assert durations(small) == [50, 100, 150]


@pytest.mark.parametrize(
    ("kind", "options", "shown"),
    [
        ("GIF", {}, 1),
        ("GIF", {"loop": 0}, 0),
        ("GIF", {"loop": 2}, 3),
        ("WEBP", {"loop": 0}, 0),
        ("WEBP", {"loop": 2}, 2),
        ("PNG", {"loop": 0}, 0),
        ("PNG", {"loop": 2}, 2),
    ],
)
def test_it_is_shown_as_often_as_before(kind: str, options: dict[str, Any], shown: int) -> None:
    assert decoded(clean(animation(kind, **options)).data).info["loop"] == shown


def test_frames_that_ask_for_no_time_are_shown_as_browsers_show_them() -> None:
    assert durations(clean(animation("GIF", duration=0)).data) == [100, 100, 100]


def test_the_picture_for_who_shows_no_animation_is_no_frame() -> None:
    sent = animation("PNG", ("black", "red", "blue"), default_image=True, duration=100)
    assert colours(clean(sent).data) == [RED, BLUE]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_is_see_through_stays_see_through(kind: str) -> None:
    sent = [Image.new("RGBA", (40, 20)) for _ in range(2)]
    for number, frame in enumerate(sent):
        for corner in (0, 10):
            left = 20 * number + corner
            frame.paste((255, 0, 0, 255), (left, corner, left + 10, corner + 10))
    cleaned = clean(
        encoded(sent[0], kind, save_all=True, append_images=sent[1:], disposal=2, lossless=True)
    )
    first, second = frames(cleaned.data)
    alphas = [frame.getchannel("A") for frame in (first, second)]
    seen = [[alpha.getpixel((x, 5)) for x in (5, 15, 25, 35)] for alpha in alphas]
    assert seen == [[255, 0, 0, 0], [0, 0, 255, 0]]
    assert cleaned.colour == ""


def test_a_moving_drawing_keeps_every_pixel() -> None:
    """Each frame says only what is other than before."""
    drawn = []
    for place in range(4):
        frame = Image.new("RGB", (64, 64), "#c03020")
        frame.paste("#203040", (place * 16, 8, place * 16 + 9, 17))
        drawn.append(frame)
    cleaned = clean(encoded(drawn[0], "GIF", save_all=True, append_images=drawn[1:]))
    assert [f.convert("RGB").tobytes() for f in frames(cleaned.data)] == [
        frame.tobytes() for frame in drawn
    ]
    assert cleaned.colour == "#c03020"


def test_the_camera_is_applied_to_every_frame_and_forgotten() -> None:
    sent = [half_and_half(), half_and_half().rotate(180)]
    exif = camera_exif(6)
    cleaned = clean(encoded(sent[0], "WEBP", save_all=True, append_images=sent[1:], exif=exif))
    assert (cleaned.width, cleaned.height) == (100, 200)
    assert [frame.size for frame in frames(cleaned.data)] == [(100, 200)] * 2
    assert not decoded(cleaned.data).getexif()
    assert b"Spionage" not in cleaned.data


def test_words_in_the_file_are_gone() -> None:
    sent = animation("GIF", comment=b"<script>") + b"<script>"
    assert sent.count(b"script") >= 2
    assert b"script" not in clean(sent).data


def test_a_large_animation_is_made_to_fit() -> None:
    cleaned = clean(animation("PNG", ("red", "blue"), size=(300, 100)), max_side=150)
    assert [frame.size for frame in frames(cleaned.data)] == [(150, 50)] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_one_frame_is_no_animation(kind: str) -> None:
    assert clean(animation(kind, ("red",))).extension in ("jpg", "png")


def test_the_second_picture_in_a_telephones_file_is_no_movement() -> None:
    sent = BytesIO()
    photo().save(sent, "MPO", save_all=True, append_images=[photo(320, 240)])
    assert clean(sent.getvalue()).extension == "jpg"


def still(data: bytes) -> CleanPicture:
    return clean(data, still=True)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_still_where_that_is_asked_for(kind: str) -> None:
    cleaned = still(animation(kind))
    assert cleaned.extension != "webp"
    assert colours(cleaned.data) == [RED]


def refusal(data: bytes, **limits: Any) -> RefusedPicture:
    with pytest.raises(RefusedPicture) as caught:
        clean(data, **limits)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_more_pixels_in_all_frames_than_are_taken_are_refused_in_words(kind: str) -> None:
    sent = animation(kind)
    assert clean(sent, max_moving_pixels=30 * 20 * 3)
    error = refusal(sent, max_moving_pixels=30 * 20 * 3 - 1)
    assert error.code == "too_many_frames"
    assert "shorter or smaller" in error.message


def test_ten_seconds_of_a_usual_animation_are_taken_and_what_is_longer_is_not() -> None:
    colours = [f"#{n:06x}" for n in range(201)]
    taken = clean(animation("GIF", colours[:200], size=(500, 500), duration=50))
    assert len(frames(taken.data)) == 200
    assert taken.renditions == [], "another size would take as long again"
    error = refusal(animation("GIF", colours, size=(500, 500), duration=50))
    assert "50 megapixels" in error.message


def test_more_frames_than_are_taken_are_refused() -> None:
    sent = animation("GIF", [f"#{n:06x}" for n in range(1001)], size=(1, 1), duration=20)
    assert refusal(sent).code == "too_many_frames"


@pytest.mark.parametrize("kind", KINDS)
def test_an_animation_that_is_cut_off_is_refused_or_still_whole(kind: str) -> None:
    sent = animation(kind, size=(200, 100))
    for length in range(0, len(sent), max(1, len(sent) // 40)):
        try:
            cleaned = clean(sent[:length])
        except RefusedPicture:
            continue
        assert frames(cleaned.data)
