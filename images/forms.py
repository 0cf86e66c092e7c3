"""The admin's forms for images."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from images.library import store_files
from images.models import Image
from markup import shows_something
from pictures import CleanPicture, RefusedPicture, clean

MAX_BYTES = 10 * 2**20
KINDS = ".jpg,.jpeg,.png,.webp,.gif,.avif"


def display_name(file_name: str | None) -> str:
    """Return a file's name to show: printable, without folders and extension, 150 letters at most."""
    name = (file_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in name if letter.isprintable())
    return one_line(printable.rsplit(".", 1)[0])[:150]


def one_line(text: str) -> str:
    """Return the text in one line with single spaces; "" if nothing in it is visible."""
    return " ".join(text.split()) if shows_something(text) else ""


class PictureField(forms.FileField):
    """An upload whose clean value is a `CleanPicture`; a file that cannot become one is an error."""

    widget = forms.FileInput(attrs={"accept": KINDS})

    def clean(self, data: Any, initial: Any = None) -> CleanPicture | None:
        sent = super().clean(data, initial)
        if not isinstance(sent, UploadedFile):
            return None
        try:
            return clean(sent.read(MAX_BYTES + 1), max_bytes=MAX_BYTES)
        except RefusedPicture as refused:
            raise ValidationError(refused.message, code=refused.code) from refused


class ImageForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = ()  # the admin's fieldsets choose them
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_alt(self) -> str:
        return one_line(self.cleaned_data["alt"])

    def clean(self) -> dict[str, Any] | None:
        """Refuse to remove the only alt text: published posts may show the image."""
        cleaned = super().clean()
        was_fit = self.instance.pk and not self.instance.needs_alt
        if cleaned and was_fit and not (cleaned.get("alt") or cleaned.get("decorative")):
            self.add_error("alt", _("Describe the image, or mark it as decorative."))
        return cleaned

    def clean_caption(self) -> str:
        return one_line(self.cleaned_data["caption"])

    def clean_credit(self) -> str:
        return one_line(self.cleaned_data["credit"])

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class NewImageForm(ImageForm):
    picture = PictureField(
        label=_("picture"),
        allow_empty_file=True,
        help_text=_(
            "JPEG, PNG, WebP, GIF or AVIF; at most 10 MB, and 40 megapixels or 50 in all frames of "
            "an animation together."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        sent = self.files.get("picture")
        if cleaned is not None and sent and not cleaned.get("name"):
            cleaned["name"] = display_name(sent.name)
        return cleaned

    def _post_clean(self) -> None:
        """Write the files once all else is valid: only then is it certain that they can be stored."""
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if not self.errors:
            try:
                store_files(image=self.instance, picture=self.cleaned_data["picture"])
            except RefusedPicture as refused:
                self.add_error("picture", ValidationError(refused.message, code=refused.code))
