"""Signed tokens for links in mails. A token proves nothing after its lifetime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import register_converter


class BadToken(Exception):
    """The token was not signed by this site."""


class OldToken(BadToken):
    """The token was signed here, too long ago. `value` is what it stood for."""

    def __init__(self, value: Any) -> None:
        super().__init__(value)
        self.value = value


@dataclass(frozen=True, slots=True)
class Purpose:
    """The purpose of a token: a token of another purpose is not accepted for it."""

    name: str
    lifetime: timedelta

    def sign(self, value: Any) -> str:
        """Return a token (letters, digits and -_:) that stands for a JSON value."""
        return signing.dumps(value, salt=f"comments.{self.name}")

    def read(self, token: str) -> Any:
        """Return the value of a token. Raises OldToken or BadToken."""
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
    regex = r"[-\w]+:[-\w]+:[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")
