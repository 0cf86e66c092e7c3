"""Reads animations from GIF, WebP, PNG and AVIF, and writes animated WebP."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from PIL import Image

from pictures.reading import clean_pixels, told_as_damaged
from pictures.refusal import RefusedPicture
from pictures.writing import WEBP_QUALITY, dominant_colour, is_graphic, saved, scaled

# Pillow also calls a phone's JPEG that holds a second picture an animation.
MOVING_FORMATS = ("GIF", "PNG", "WEBP", "AVIF")
MOST_FRAMES = 1000
# Milliseconds. Browsers show a frame for 100 ms if its time is very short or not given.
SHORTEST, USUAL = 10, 100


@dataclass(frozen=True)
class Animation:
    """Whole frames of one size, the milliseconds of each, and how often all are shown (0: for ever)."""

    frames: list[Image.Image]
    durations: list[int]
    loop: int

    def scaled(self, width: int) -> "Animation":
        return replace(self, frames=[scaled(frame, width) for frame in self.frames])

    @property
    def colour(self) -> str:
        see_through = any(frame.mode == "RGBA" for frame in self.frames)
        return "" if see_through else dominant_colour(self.frames[0])

    @property
    def is_graphic(self) -> bool:
        """Whether the first, middle and last frames are drawings."""
        frames = self.frames
        return all(map(is_graphic, (frames[0], frames[len(frames) // 2], frames[-1])))


def is_moving(image: Image.Image) -> bool:
    """Return whether an opened picture has several frames to show in sequence."""
    with told_as_damaged():
        return image.format in MOVING_FORMATS and _number_of_first(image) + 1 < _at_least(image)


def read_animation(image: Image.Image, *, max_pixels: int, max_side: int) -> Animation:
    """Return every frame of an opened animation, as `RGB` or `RGBA`.

    Raises RefusedPicture (`too_many_frames`, `damaged`) as soon as it has read more frames, or more
    pixels in all, than allowed.
    """
    frames: list[Image.Image] = []
    durations: list[int] = []
    most = min(MOST_FRAMES, max_pixels // (image.width * image.height))
    size = image.size
    with told_as_damaged():
        loop = _loop(image)
        for number in count(_number_of_first(image)):
            if not _found(image, number):
                break
            if len(frames) == most:
                raise RefusedPicture(
                    "too_many_frames", frames=MOST_FRAMES, megapixels=max_pixels // 1_000_000
                )
            image.load()
            frames.append(clean_pixels(image.crop((0, 0, *size)), max_side=max_side))
            durations.append(_duration(image.info))
    return Animation(frames, durations, loop)


def encode_animation(animation: Animation) -> bytes:
    """Return an animated WebP, lossless for a drawing."""
    first, *others = animation.frames
    graphic = animation.is_graphic
    return saved(
        first,
        "WEBP",
        save_all=True,
        append_images=others,
        duration=animation.durations,
        loop=animation.loop,
        lossless=graphic,
        # For lossless encoding this is the effort.
        quality=30 if graphic else WEBP_QUALITY,
        # The fastest: there are many frames, and somebody waits.
        method=0,
    )


def _found(image: Image.Image, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    return True


def _number_of_first(image: Image.Image) -> int:
    """Return the first frame's number: a PNG may begin with a still picture (`default_image`)."""
    return 1 if getattr(image, "default_image", False) else 0


def _at_least(image: Image.Image) -> int:
    """Return the number of frames; for a GIF, 2 if there are several."""
    if image.format == "GIF":
        return 2 if getattr(image, "is_animated", False) else 1
    return int(getattr(image, "n_frames", 1))


def _loop(image: Image.Image) -> int:
    """Return how often it is shown. A GIF gives the repeats, or nothing if it is shown once."""
    times = image.info.get("loop")
    if image.format != "GIF":
        return int(times or 0)
    return 1 if times is None else times and int(times) + 1


def _duration(info: dict[Any, Any]) -> int:
    asked = round(info.get("duration") or 0)
    return asked if asked > SHORTEST else USUAL
