"""The backend of Django's `send_mail` and `EmailMessage.send()`: a worker sends the mails."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from outbox.sending import put_in_outbox


class Outbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the mails in the caller's transaction; return how many there were."""
        for message in email_messages:
            put_in_outbox(message)
        return len(email_messages)
