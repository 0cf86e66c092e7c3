"""A guest's mailbox, and what the guest does there."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from tests.mail_server import MailServer

Mailbox = Callable[[], list[EmailMessage]]


@pytest.fixture
def mailbox(mail_server: MailServer, run_tasks: Callable[[], Any]) -> Mailbox:
    """mailbox() -> the mails that have arrived since the last look, the worker having had its turn."""

    def look() -> list[EmailMessage]:
        run_tasks()
        run_tasks()
        arrived = list(mail_server.mails)
        mail_server.mails.clear()
        return arrived

    return look


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def path_in(mail: EmailMessage, begin: str) -> str:
    """The path of the one link in a mail that leads below `begin`; text and HTML must agree."""
    paths: list[str] = []
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part
        found = set(re.findall(rf"http://localhost:8000({begin}[^\s\"<]+)", part.get_content()))
        assert len(found) == 1, found
        paths += found
    assert paths[0] == paths[1]
    return paths[0]
