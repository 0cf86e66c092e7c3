"""Pictures to send, and the way from a mail to the page it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from PIL import Image

MakeUpload = Callable[..., SimpleUploadedFile]


@pytest.fixture
def make_upload() -> MakeUpload:
    """make_upload(size=(900, 600), kind="JPEG", name="me.jpg") -> a picture as a browser sends it."""

    def make(
        size: tuple[int, int] = (900, 600), kind: str = "JPEG", name: str = "me.jpg"
    ) -> SimpleUploadedFile:
        buffer = BytesIO()
        Image.new("RGB", size, "teal").save(buffer, kind)
        return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")

    return make


@pytest.fixture
def path_in() -> Callable[[EmailMessage], str]:
    """path_in(mail) -> the path of the one address in its text."""

    def find(mail: EmailMessage) -> str:
        (address,) = re.findall(r"https?://\S+/accounts/\S+", str(mail.body))
        return urlsplit(address).path

    return find


@pytest.fixture
def sign_up_data() -> Callable[..., dict[str, Any]]:
    def make(**changes: Any) -> dict[str, Any]:
        return {
            "email": "mina@example.org",
            "username": "mina",
            "password1": "four walls and a lamp",
            "password2": "four walls and a lamp",
        } | changes

    return make
