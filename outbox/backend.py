"""Django's `send_mail` and `EmailMessage.send()` lead here: a mail is written down, and sent by a worker."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from outbox.sending import put_in_outbox


class Outbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails down in the transaction of whoever sends them; return how many they were."""
        for message in email_messages:
            put_in_outbox(message)
        return len(email_messages)
