"""The queue stays in its order, however far ahead of the server somebody decides and undoes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.models import User
from comments.models import Status
from tests.browser.conftest import MakeReply, SignIn
from tests.conftest import MakePost
from tests.moderators import QUEUE

WAITING, ON_A_PAGE = 40, 25
FEW = 20  # cards, below which the page fetches more


def test_what_was_decided_at_the_end_of_a_page_comes_back_where_it_stood(
    page: Page, make_post: MakePost, make_reply: MakeReply, mo: User, sign_in: SignIn
) -> None:
    post = make_post("Herons in town")
    replies = [make_reply(post, f"No. {n}", status=Status.PENDING) for n in range(WAITING)]
    sign_in(page, mo)
    page.goto(QUEUE)
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    cards = page.locator("#queue [data-card]")
    decided = 8
    for key in "j" * (ON_A_PAGE - decided + 1) + "r" * decided:
        page.keyboard.press(key)
    expect(cards.nth(FEW - 1)).to_be_attached()  # more were fetched
    number = page.locator(".queue-lists [aria-current] .queue-number")
    for _press in range(decided):
        page.keyboard.press("u")
    expect(number).to_have_text(str(WAITING))
    shown = cards.evaluate_all("cards => cards.map((card) => Number(card.dataset.card))")
    assert shown[:ON_A_PAGE] == [reply.pk for reply in replies][:ON_A_PAGE]
    assert shown == sorted(shown)
