"""Animations: GIF, WebP, PNG and AVIF in, animated WebP out."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from PIL import Image

from pictures.reading import clean_pixels, told_as_damaged
from pictures.refusal import RefusedPicture
from pictures.writing import WEBP_QUALITY, dominant_colour, is_graphic, saved, scaled

# Pillow calls a telephone's JPEG with a second picture in it an animation too.
MOVING_FORMATS = ("GIF", "PNG", "WEBP", "AVIF")
MOST_FRAMES = 1000
# Browsers show for 100 ms what asks for next to no time; so does whoever says nothing.
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
        """Whether it is a drawing at its beginning, in its middle and at its end."""
        frames = self.frames
        return all(map(is_graphic, (frames[0], frames[len(frames) // 2], frames[-1])))


def is_moving(image: Image.Image) -> bool:
    """Whether an opened picture has several frames to show one after the other."""
    with told_as_damaged():
        return image.format in MOVING_FORMATS and _number_of_first(image) + 1 < _at_least(image)


def read_animation(image: Image.Image, *, max_pixels: int, max_side: int) -> Animation:
    """Every frame of an opened picture that moves, as `RGB` or `RGBA`.

    Raises RefusedPicture (`too_many_frames`, `damaged`) as soon as there are more frames, or more
    pixels in all of them, than are taken.
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
        # Of lossless encoding this is the effort.
        quality=30 if graphic else WEBP_QUALITY,
        # The quickest: there are many frames, and somebody waits.
        method=0,
    )


def _found(image: Image.Image, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    return True


def _number_of_first(image: Image.Image) -> int:
    """An animated PNG may begin with a picture for those who show no animations (`default_image`)."""
    return 1 if getattr(image, "default_image", False) else 0


def _at_least(image: Image.Image) -> int:
    """How many frames there are, or, of a GIF, whether there is more than one."""
    if image.format == "GIF":
        return 2 if getattr(image, "is_animated", False) else 1
    return int(getattr(image, "n_frames", 1))


def _loop(image: Image.Image) -> int:
    """How often it is shown. A GIF counts how often it is repeated, and is shown once if it says nothing."""
    times = image.info.get("loop")
    if image.format != "GIF":
        return int(times or 0)
    return 1 if times is None else times and int(times) + 1


def _duration(info: dict[Any, Any]) -> int:
    asked = round(info.get("duration") or 0)
    return asked if asked > SHORTEST else USUAL
