"""Pictures come into a text by dropping, pasting and choosing them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.roles import Role
from images.models import Image
from tests.browser.at_the_desk import desk
from tests.browser.conftest import SignIn
from tests.browser.watch import Watch
from tests.conftest import MakeUser

Bring = Callable[[Page, str, bytes], None]
WAYS = [desk.drop, desk.paste, desk.choose]


@pytest.fixture
def body(page: Page, make_user: MakeUser, sign_in: SignIn) -> Locator:
    sign_in(page, make_user("ada", role=Role.AUTHOR))
    return desk.open_empty_post(page)


def test_a_picture_comes_into_the_text_by_every_way(page: Page, body: Locator) -> None:
    for count, bring in enumerate(WAYS, start=1):
        bring(page, "heron.png", desk.picture())
        expect(page.get_by_role("region", name="Preview").locator("figure")).to_have_count(count)
    keys = Image.objects.order_by("pk").values_list("key", flat=True)
    assert sorted(re.findall(r"!\[\]\(image:(\S+)\)", body.input_value())) == sorted(keys)


def test_a_refused_file_is_told_and_leaves_no_mark(page: Page, body: Locator) -> None:
    body.fill("As it was.")
    for bring in WAYS:
        with page.expect_response("**/upload/") as answer:
            bring(page, "script.png", b"#!/bin/sh")
        assert answer.value.status == 400
        message = page.locator(".editor-message.is-problem")
        expect(message).to_contain_text("not a picture we can read")
        expect(body).to_have_value("As it was.")
    assert not Image.objects.exists()


def test_a_file_that_is_too_large_is_not_even_sent(page: Page, body: Locator, watch: Watch) -> None:
    desk.choose(page, "huge.png", b"\0" * (10 * 2**20 + 1))
    expect(page.locator(".editor-message.is-problem")).to_contain_text("larger than 10 MB")
    assert not [request for request in watch.requests if "/upload/" in request.url]


def test_text_of_a_word_processor_is_pasted_as_text(page: Page, body: Locator) -> None:
    transfer = desk.file_in_hand(page, "text.png", desk.picture())
    transfer.evaluate("transfer => transfer.setData('text/plain', 'Words.')")
    taken = body.evaluate(desk.PASTE, transfer)
    assert taken, "the browser's own pasting was prevented"
    expect(body).to_have_value("")
    assert not Image.objects.exists()
