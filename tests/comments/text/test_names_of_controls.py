"""What is pressed under a reply can be called by what it reads (WCAG 2.5.3), and says whose reply it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from accounts.models import User
from blog.models import Post
from comments.verbs.leading import pin
from tests.replies import MakeReply

Names = Callable[[], dict[str, str]]
CONTROLS = "*[self::a or self::button][ancestor::*[contains(@class, 'reply-foot')]]"


@pytest.fixture
def names(client: Client, led: Post) -> Names:
    """names() -> what stands on each control under a reply, and what it is called."""

    def read() -> dict[str, str]:
        page = html.fromstring(client.get(led.get_absolute_url()).text)
        controls = page.xpath(f".//li[contains(@class, 'reply')]//{CONTROLS}")
        return {(control.text or "").strip(): called(control) for control in controls}

    def called(control: html.HtmlElement) -> str:
        ids = control.get("aria-labelledby", "").split()
        named = [control.getroottree().xpath(f"//*[@id='{pk}']")[0].text_content() for pk in ids]
        return " ".join(named) or control.get("aria-label", "")

    return read


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_each_is_called_by_what_stands_on_it_and_by_the_writers_name(
    author: Client, led: Post, make_reply: MakeReply, names: Names, language: str
) -> None:
    author.post("/language/", {"language": language})
    wim = make_reply(led, name="Wim")
    make_reply(led, name="Wim", parent=wim)
    make_reply(led, name="Wim", parent=wim)
    pin(comment=wim)
    found = names()
    assert len(found) == 6
    for text, name in found.items():
        assert text.casefold() in name.casefold()
        assert "Wim" in name


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_the_own_ones_are_told_apart_by_when_they_were_written(
    author: Client, led: Post, make_reply: MakeReply, names: Names, language: str
) -> None:
    author.post("/language/", {"language": language})
    ada = User.objects.get(username="ada")
    made = [
        make_reply(led, user=ada, at=timezone.now() - timedelta(days=days)) for days in (400, 800)
    ]
    page = author.get(led.get_absolute_url()).text
    for reply in made:
        change, delete = html.fromstring(page).xpath(
            f".//li[@id='comment-{reply.pk}']//p[contains(@class, 'own-foot')]/a"
        )
        for link in (change, delete):
            assert link.get("aria-label").startswith(link.text)
            assert str(reply.submitted_at.year) in link.get("aria-label")
