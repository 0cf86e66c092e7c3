"""The queue under a moderator's hands: by keys alone, without reloading; and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from moderation.models import Decision
from tests.browser.conftest import MakeReply, OpenBrowser, SignIn
from tests.browser.layout import too_wide
from tests.conftest import MakePost, MakeUser
from tests.moderators import QUEUE

NAMES = ("Wim", "Zoe", "Kim", "Pat")


@pytest.fixture
def post(make_post: MakePost, make_reply: MakeReply) -> Post:
    post = make_post("Herons in town")
    for name in NAMES:
        make_reply(post, f"{name} was here.", name=name, status=Status.PENDING)
    return post


@pytest.fixture
def page(page: Page, mo: User, sign_in: SignIn) -> Page:
    sign_in(page, mo)
    return page


@pytest.fixture
def queue(page: Page, post: Post) -> Page:
    page.goto(QUEUE)
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    return page


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"Reply of {name}", exact=True)


def writers(page: Page) -> Locator:
    return page.locator(".queue-card .queue-writer strong")


def status_of(name: str) -> str:
    return Comment.objects.get(name=name).status


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_j_and_k_move_the_focus_from_reply_to_reply(queue: Page) -> None:
    press(queue, "jj")
    expect(card(queue, "Zoe")).to_be_focused()
    press(queue, "jjjj")
    expect(card(queue, "Pat")).to_be_focused()
    expect(card(queue, "Pat")).to_be_in_viewport()
    press(queue, "k")
    expect(card(queue, "Kim")).to_be_focused()


def test_a_decision_takes_the_card_away_and_leads_to_the_next(queue: Page) -> None:
    press(queue, "ja")
    expect(card(queue, "Zoe")).to_be_focused()
    expect(queue.get_by_role("status")).to_have_text("1 reply is now: approved.")
    press(queue, "sr")
    expect(card(queue, "Pat")).to_be_focused()
    press(queue, "d")
    expect(writers(queue)).to_have_count(0)
    expect(queue.get_by_role("status")).to_have_text("1 reply is now: removed.")
    expect(queue.get_by_text("There is nothing here.")).to_be_visible()
    expect(queue.locator(".queue-lists [aria-current] .queue-number")).to_have_text("0")
    assert [status_of(name) for name in NAMES] == ["approved", "spam", "rejected", "removed"]


def test_u_takes_back_one_decision_after_the_other(queue: Page) -> None:
    press(queue, "jas")
    expect(writers(queue)).to_have_text(["Kim", "Pat"])
    press(queue, "u")
    expect(card(queue, "Zoe")).to_be_focused()
    press(queue, "u")
    expect(card(queue, "Wim")).to_be_focused()
    expect(writers(queue)).to_have_text(list(NAMES))
    expect(queue.get_by_role("status")).to_have_text("1 reply is back as it was.")
    assert status_of("Wim") == status_of("Zoe") == "pending"
    press(queue, "s")
    expect(queue.get_by_role("status")).to_have_text("1 reply is now: spam.")
    queue.get_by_role("button", name="Undo").click()
    expect(writers(queue)).to_have_text(list(NAMES))


def test_e_answers_in_the_card_and_lets_the_reply_appear(queue: Page, post: Post) -> None:
    press(queue, "je")
    box = queue.get_by_role("textbox", name="Your answer")
    expect(box).to_be_focused()
    queue.keyboard.type("As was I, just as said.")
    queue.keyboard.press("Escape")
    expect(card(queue, "Wim")).to_be_focused()
    press(queue, "e")
    expect(box).to_have_value("As was I, just as said.")
    queue.keyboard.press("Control+Enter")
    expect(card(queue, "Zoe")).to_be_focused()
    expect(queue.get_by_role("status")).to_contain_text("Your answer is on the site")
    answer = Comment.objects.get(body="As was I, just as said.")
    assert (answer.parent, answer.status) == (Comment.objects.get(name="Wim"), "approved")
    assert status_of("Wim") == "approved"
    press(queue, "u")
    expect(card(queue, "Wim")).to_be_focused()
    answer.refresh_from_db()
    assert (status_of("Wim"), answer.status) == ("pending", "pending")


def test_b_opens_the_form_of_a_rule_about_this_person(queue: Page) -> None:
    press(queue, "jb")
    expect(queue.get_by_role("radio", name="the e-mail address wim@example.org")).to_be_checked()


def test_x_selects_and_the_keys_can_be_seen_and_turned_off(queue: Page) -> None:
    press(queue, "jx")
    expect(queue.get_by_label("Select the reply of Wim")).to_be_checked()
    press(queue, "?")
    dialog = queue.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    press(queue, "a")
    dialog.get_by_label("Decide by single keys").uncheck()
    dialog.get_by_role("button", name="Close").click()
    card(queue, "Wim").focus()
    press(queue, "a?")
    expect(dialog).to_be_hidden()
    queue.reload()
    queue.get_by_role("button", name="Keys").click()
    expect(dialog.get_by_label("Decide by single keys")).not_to_be_checked()
    assert status_of("Wim") == "pending"


def test_nothing_is_decided_while_one_types_or_with_other_keys_held(queue: Page) -> None:
    queue.get_by_role("textbox").first.focus()
    press(queue, "ajasd")
    card(queue, "Wim").focus()
    for keys in ("Control+a", "Alt+s", "Shift+a"):
        queue.keyboard.press(keys)
    expect(writers(queue)).to_have_text(list(NAMES))
    assert not Decision.objects.exclude(by=None).exists()


def test_what_somebody_else_decided_first_comes_back_with_who_and_what(
    queue: Page, make_user: MakeUser
) -> None:
    ed = make_user("ed", role=Role.EDITOR)
    decide(comments=Comment.objects.filter(name="Wim"), decision=Status.SPAM, by=ed)
    press(queue, "ja")
    expect(card(queue, "Wim").locator(".queue-problem")).to_contain_text("spam (ed, ")
    expect(card(queue, "Zoe")).to_be_focused()
    assert status_of("Wim") == "spam"


@pytest.fixture
def cut_off(queue: Page) -> Iterator[Page]:
    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=429, content_type="text/html", body="Some proxy's page")
        else:
            route.continue_()

    queue.route("**/admin/comments/**", lose)
    yield queue
    queue.unroute("**/admin/comments/**")


def test_a_decision_that_does_not_get_through_puts_the_card_back(cut_off: Page) -> None:
    press(cut_off, "ja")
    problem = card(cut_off, "Wim").locator(".queue-problem")
    expect(problem).to_have_text("That did not get through. Please try again.")
    expect(writers(cut_off)).to_have_text(list(NAMES))
    assert status_of("Wim") == "pending"


def test_the_same_is_done_without_scripts(
    new_context: OpenBrowser, post: Post, mo: User, sign_in: SignIn
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, mo)
    page.goto(QUEUE)
    card(page, "Wim").get_by_role("button", name="Spam").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("1 reply is back as it was.")).to_be_visible()
    expect(writers(page)).to_have_text(list(NAMES))
    card(page, "Zoe").get_by_role("link", name="Answer").click()
    page.get_by_role("textbox", name="Your reply").fill("Welcome.")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Your answer is on the site")).to_be_visible()
    page.get_by_label("Decision").select_option("reject_selected")
    page.get_by_label("for all 3 replies of this list").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("3 replies are now: rejected.")).to_be_visible()
    assert [status_of(name) for name in NAMES[:2]] == ["rejected", "approved"]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_card_with_everything_in_it_fits_the_screen(queue: Page, width: int) -> None:
    queue.set_viewport_size({"width": width, "height": 700})
    press(queue, "je")
    assert not too_wide(queue)
