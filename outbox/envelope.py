"""A stored mail, in the form that Django's mail backends accept."""

from __future__ import annotations

from binascii import b2a_qp
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage as StandardMessage
from typing import Any

from django.core.mail import EmailMessage

# Headers keep the folding that the mail's maker chose.
AS_WRITTEN = policy.SMTP.clone(refold_source="none")


class WholeMessage(StandardMessage):
    """A message that gives SMTP's bytes, however Django's version asks for them."""

    def as_bytes(self, *args: Any, **kwargs: Any) -> bytes:
        return super().as_bytes(policy=AS_WRITTEN)


class Envelope(EmailMessage):
    """A mail whose message is complete, with Message-ID and date; nothing is generated again."""

    def __init__(self, whole: bytes, *, sender: str, recipients: Sequence[str]) -> None:
        super().__init__(from_email=sender, to=list(recipients))
        self.whole = whole

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return message_from_bytes(self.whole, WholeMessage, policy=AS_WRITTEN)


class SevenBitEnvelope(Envelope):
    """A mail for a server not told BODY=8BITMIME (RFC 6152): Django's backend tells none."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        message = super().message()
        for part in message.walk():
            if part.get("Content-Transfer-Encoding", "").strip().lower() == "8bit":
                _quote(part)
        return message


def _quote(part: StandardMessage) -> None:
    """Encode a part as quoted-printable (RFC 2045, 6.7), unless it consists of parts."""
    if part.is_multipart():
        part.replace_header("Content-Transfer-Encoding", "7bit")
        return
    content: Any = part.get_payload(decode=True)
    part.replace_header("Content-Transfer-Encoding", "quoted-printable")
    part.set_payload(b2a_qp(content).decode("ascii"))
