"""What a link in a mail proves: signed, with a date after which it proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import register_converter


class BadToken(Exception):
    """Signed by nobody here."""


class OldToken(BadToken):
    """Signed here, too long ago. `value` is what it once proved, and proves no more."""

    def __init__(self, value: Any) -> None:
        super().__init__(value)
        self.value = value


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a token is good for; one of another purpose is not taken in its place."""

    name: str
    lifetime: timedelta

    def sign(self, value: Any) -> str:
        """A token (letters, digits and -_:) that stands for a value of JSON."""
        return signing.dumps(value, salt=f"comments.{self.name}")

    def read(self, token: str) -> Any:
        """The value. Raises OldToken or BadToken."""
        salt = f"comments.{self.name}"
        try:
            return signing.loads(token, salt=salt, max_age=self.lifetime)
        except signing.SignatureExpired as error:
            raise OldToken(signing.loads(token, salt=salt)) from error
        except signing.BadSignature as error:
            raise BadToken from error


CONFIRM_REPLY = Purpose("confirm", timedelta(days=14))
MINE = Purpose("mine", timedelta(days=1))


class TokenConverter:
    """What stands for a token in an address."""

    regex = r"[-\w]+:[-\w]+:[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")
