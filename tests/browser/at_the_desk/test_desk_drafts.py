"""An answer half written at the desk is there when its box is opened again, until it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from accounts.roles import Role
from comments.models import Comment, Status
from moderation.deciding import decide
from tests.browser.conftest import MakeReply, SignIn
from tests.conftest import MakePost, MakeUser
from tests.moderators import QUEUE

PRIVACY = Path(__file__).resolve().parents[3] / "docs" / "privacy.md"
TYPED = "Come and see."
LOCKED_OUT = "You are signed out, or this page is too old."
KEPT = """() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
  .map((name) => name.split(" ")[0]).filter((name) => name.startsWith("desk-")).sort()"""

Step = Callable[[Page], object]


@pytest.fixture
def queue(
    page: Page, mo: User, make_post: MakePost, make_reply: MakeReply, sign_in: SignIn
) -> Page:
    """Two replies wait; under the first an answer was begun, and its box closed."""
    post = make_post("Herons in town")
    for name in ("Wim", "Zoe"):
        make_reply(post, f"{name} was here.", name=name, status=Status.PENDING)
    sign_in(page, mo)
    page.goto(QUEUE)
    press(page, "je")
    page.keyboard.type(TYPED)
    page.keyboard.press("Escape")
    return page


def press(page: Page, keys: str) -> None:
    expect(page.get_by_role("button", name="Keys")).to_be_visible()  # the script is at work
    for key in keys:
        page.keyboard.press(key)


def expect_typed(page: Page, text: str) -> None:
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value(text)


def test_after_a_decision_that_was_undone(queue: Page) -> None:
    press(queue, "r")
    expect(queue.get_by_role("status")).to_have_text("1 reply is now: rejected.")
    press(queue, "u")
    expect(queue.get_by_role("status")).to_have_text("1 reply is back as it was.")
    press(queue, "e")
    expect_typed(queue, TYPED)


def test_after_somebody_else_was_first(queue: Page, make_user: MakeUser) -> None:
    ed, wim = make_user("ed", role=Role.EDITOR), Comment.objects.filter(name="Wim")
    decide(comments=wim, decision=Status.APPROVED, by=ed)
    press(queue, "r")
    expect(queue.locator(".queue-problem")).to_contain_text("approved (ed, ")
    press(queue, "ke")
    expect_typed(queue, TYPED)


def ban_and_come_back(page: Page) -> None:
    press(page, "b")
    expect(page.get_by_role("button", name="See what it would have caught")).to_be_visible()
    page.go_back()


@pytest.mark.parametrize("leave", [ban_and_come_back, Page.reload])
def test_after_leaving_the_page(queue: Page, leave: Step) -> None:
    leave(queue)
    press(queue, "je")
    expect_typed(queue, TYPED)
    queue.keyboard.press("Escape")
    press(queue, "je")
    expect(queue.get_by_role("textbox", name="Your answer").last).to_have_value("")


def test_not_after_it_was_sent_and_an_undo_of_it_makes_two_wait(queue: Page) -> None:
    number = queue.locator(".queue-lists [aria-current] .queue-number")
    press(queue, "e")
    queue.keyboard.press("Control+Enter")
    expect(queue.get_by_role("status")).to_contain_text("Your answer is on the site")
    expect(number).to_have_text("1")
    press(queue, "u")
    expect(queue.get_by_role("status")).to_have_text("2 replies are back as they were.")
    expect(number).to_have_text("3")
    expect(queue.get_by_role("article", name="Reply of mo")).to_be_visible()
    press(queue, "e")
    expect_typed(queue, "")


def test_what_is_typed_on_while_it_is_being_sent_is_neither_lost_nor_an_order(queue: Page) -> None:
    sending: list[Route] = []

    def hold(route: Route) -> None:
        sending.append(route)

    queue.route("**/answer/", hold)
    press(queue, "e")
    with queue.expect_request("**/answer/"):
        queue.keyboard.press("Control+Enter")
    queue.keyboard.type("r")
    expect_typed(queue, TYPED)
    sending[0].continue_()
    queue.keyboard.type("rather")
    expect(queue.get_by_role("status")).to_contain_text("Your answer is on the site")
    expect(queue.get_by_role("article")).to_have_count(1)


def test_what_the_desk_keeps_is_named_in_the_page_about_privacy(queue: Page) -> None:
    queue.get_by_role("button", name="Keys").click()
    queue.get_by_label("Decide by single keys").uncheck()
    told = re.findall(r"^\| `(desk-\w+)`.* \| `\w+Storage`", PRIVACY.read_text(), re.MULTILINE)
    assert queue.evaluate(KEPT) == sorted(told)


# --- the session is over, or the page older than the latest sign-in ---


def end_session(page: Page) -> None:
    Session.objects.all().delete()


def forget_token(page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")


@pytest.mark.parametrize("lock_out", [end_session, forget_token])
def test_who_is_locked_out_is_told_so_and_led_back_to_the_answer(
    queue: Page, lock_out: Step
) -> None:
    lock_out(queue)
    press(queue, "a")
    problem = queue.locator(".queue-problem")
    expect(problem).to_contain_text(LOCKED_OUT)
    expect(queue.get_by_role("status")).to_contain_text(LOCKED_OUT)
    press(queue, "ke")
    queue.keyboard.press("Control+Enter")
    expect(queue.get_by_role("alert")).to_contain_text(LOCKED_OUT)
    problem.get_by_role("link", name="Reload the page").click()
    if lock_out is end_session:
        queue.locator("[name=login]").fill("mo")
        queue.locator("[name=password]").fill("correct horse")
        queue.get_by_role("button", name="Sign in").click()
    expect(queue.locator(".queue-problem")).to_have_count(0)
    press(queue, "je")
    expect_typed(queue, TYPED)
    queue.keyboard.press("Control+Enter")
    expect(queue.get_by_role("status")).to_contain_text("Your answer is on the site")


def test_an_undo_that_is_locked_out_can_be_pressed_again(queue: Page) -> None:
    press(queue, "r")
    expect(queue.get_by_role("status")).to_have_text("1 reply is now: rejected.")
    end_session(queue)
    press(queue, "u")
    expect(queue.get_by_role("status")).to_contain_text(LOCKED_OUT)
    expect(queue.get_by_role("button", name="Undo")).to_be_visible()
