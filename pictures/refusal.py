"""The reasons to refuse a picture, in words for the person who sent it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("The file is empty."),
    "too_big": _("The file is larger than %(megabytes)s MB. Please make it smaller and try again."),
    "not_a_picture": _(
        "This is not a picture we can read. Please use JPEG, PNG, WebP, GIF or AVIF."
    ),
    "too_many_pixels": _(
        "The picture is larger than %(megapixels)s megapixels. Please make it smaller and try again."
    ),
    "too_many_frames": _(
        "The animation has more than %(frames)s frames, or more than %(megapixels)s megapixels in "
        "all of them together. Please make it shorter or smaller and try again."
    ),
    "damaged": _("The picture is damaged or incomplete. Please export it again and try once more."),
    "not_kept": _(
        "The picture could not be kept, as the site's disk is full or out of reach. Please tell whoever "
        "runs the site, and try again later."
    ),
}


class RefusedPicture(Exception):
    """The bytes are refused as a picture.

    `code` is a key of REASONS, for programs. `message` is for people, in the language that is
    active when it is read.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        return str(REASONS[self.code]) % self.facts

    def __str__(self) -> str:
        return self.message
