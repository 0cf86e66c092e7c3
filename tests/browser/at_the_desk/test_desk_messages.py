"""What the desk tells of a decision, and how all that it tells of is undone by one key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from comments.models import Comment, Status
from moderation.models import Rule
from tests.browser.conftest import MakeReply, SignIn
from tests.conftest import MakePost
from tests.moderators import QUEUE

NAMES = ("Wim", "Zoe", "Kim")
AT_THE_FOOT = """() => document.elementFromPoint(innerWidth / 2, innerHeight - 10)
  .closest(".queue-told") !== null"""


@pytest.fixture
def queue(
    page: Page, make_post: MakePost, make_reply: MakeReply, mo: User, sign_in: SignIn
) -> Page:
    post = make_post("Herons in town")
    for name in NAMES:
        make_reply(post, f"{name} was here.", name=name, status=Status.PENDING)
    sign_in(page, mo)
    page.goto(QUEUE)
    return page


def press(page: Page, keys: str) -> None:
    expect(page.get_by_role("button", name="Keys")).to_be_visible()  # the script is at work
    for key in keys:
        page.keyboard.press(key)


def statuses() -> list[str]:
    return [Comment.objects.get(name=name).status for name in NAMES]


def test_what_a_screen_reader_listens_to_is_there_before_it_tells_anything(queue: Page) -> None:
    status = queue.get_by_role("status")
    expect(status).to_have_count(1)
    expect(status).to_be_empty()
    assert not queue.evaluate(AT_THE_FOOT)
    press(queue, "ja")
    expect(status).to_have_text("1 reply is now: approved.")
    assert queue.evaluate(AT_THE_FOOT)


def test_u_undoes_what_was_decided_here_and_then_the_bulk_before(queue: Page) -> None:
    queue.get_by_label("Select the reply of Wim").check()
    queue.get_by_label("Select the reply of Zoe").check()
    queue.get_by_label("Decision").select_option("reject_selected")
    queue.get_by_role("button", name="Decide").click()
    expect(queue.get_by_text("2 replies are now: rejected.")).to_be_visible()
    press(queue, "ja")
    expect(queue.get_by_role("status")).to_have_text("1 reply is now: approved.")
    press(queue, "u")
    expect(queue.get_by_role("status")).to_have_text("1 reply is back as it was.")
    assert statuses() == ["rejected", "rejected", "pending"]
    press(queue, "u")
    expect(queue.get_by_text("2 replies are back as they were.")).to_be_visible()
    assert statuses() == ["pending", "pending", "pending"]
    press(queue, "u")
    expect(queue.get_by_role("status")).to_have_text("There is nothing to undo.")


def test_u_takes_back_a_rule_that_was_just_made(queue: Page) -> None:
    press(queue, "jb")
    queue.get_by_role("button", name="See what it would have caught").click()
    queue.get_by_role("button", name="Save the rule").click()
    expect(queue.get_by_text("The rule stands.")).to_be_visible()
    press(queue, "u")
    expect(queue.get_by_text("The rule stands.")).to_have_count(0)
    assert not Rule.objects.exists()
