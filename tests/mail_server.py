"""A mail server that keeps what it gets, and can be told to refuse or to be away."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer:
    """`mails` are those it took, `raw` their bytes, `told` the options of each.

    `answer` is what it says to a recipient, `verdict` to a message.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.told: list[list[str]] = []
        self.answer = self.verdict = "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.verdict.startswith("250"):
            return self.verdict
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.raw.append(envelope.content)
        self.told.append(envelope.mail_options)
        return "250 OK"
