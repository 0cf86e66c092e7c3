"""Lynx, by its keys: somebody reads, replies and confirms without a picture, a style or a script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from tests.conftest import MakePost
from tests.left_out import leave_out
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
TAB, ENTER = ["<tab>"], ["^J"]
QUIT = ["Q", "y"]
Lynx = Callable[..., str]


def typed(text: str) -> list[str]:
    return ["<space>" if sign == " " else sign for sign in text]


def go_to(text: str) -> list[str]:
    """Search the page, which puts the cursor on the link or button that is found."""
    return ["/", *typed(text), *ENTER]


@pytest.fixture
def lynx(tmp_path: Path) -> Lynx:
    """lynx(url, keys…) -> all that was on its screen while these keys were pressed, as text."""
    program = shutil.which("lynx") or leave_out("Lynx")
    options = tmp_path / "lynx.cfg"
    options.write_text("ACCEPT_ALL_COOKIES:TRUE\n")

    def press(url: str, *keys: list[str]) -> str:
        script = tmp_path / "keys"
        script.write_text("".join(f"key {key}\n" for some in (*keys, QUIT) for key in some))
        command = [program, f"-cfg={options}", f"-cmd_script={script}", url]
        done = subprocess.run(
            command,
            env={**os.environ, "TERM": "vt100", "LINES": "60", "COLUMNS": "100"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", done.stdout)

    return press


def test_somebody_reads_replies_and_confirms(
    lynx: Lynx,
    live_server: LiveServer,
    make_post: MakePost,
    mail_server: MailServer,
    run_tasks: Callable[[], Any],
    settings: Any,
) -> None:
    settings.PARLEY_URL = live_server.url
    post = make_post(
        "Apples and pears", body="They are fruit.", conversation={"policy": "confirmed"}
    )
    screen = lynx(
        live_server.url + post.get_absolute_url(),
        go_to("Write the first"),
        ENTER,
        go_to("Apples"),
        TAB,
        typed("I like both."),
        TAB,
        typed("Wim"),
        TAB,
        typed("wim@example.org"),
        [*TAB * 5, *ENTER],
    )
    assert "They are fruit." in screen
    comment = Comment.objects.get()
    assert (comment.body, comment.name, comment.email) == ("I like both.", "Wim", "wim@example.org")
    assert comment.status == Status.PENDING
    run_tasks()
    run_tasks()
    (mail,) = mail_server.mails
    part = mail.get_body(("plain",))
    assert part
    (link,) = re.findall(rf"{live_server.url}/comments/confirm/\S+", part.get_content())
    screen = lynx(link, go_to("Yes, I wrote"), ENTER)
    assert "I like both." in screen
    comment.refresh_from_db()
    assert comment.is_approved
