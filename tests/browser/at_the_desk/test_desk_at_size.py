"""The queue with ten thousand replies waiting, of which a moderator clears a hundred by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, Route, expect

from accounts.models import User
from blog.models import Post
from comments.models import Comment, Status
from comments.models.paths import path_below
from moderation.admin.queue import CommentAdmin
from moderation.models import Decision
from tests.browser.conftest import SignIn
from tests.browser.watch import Watch
from tests.conftest import MakePost
from tests.moderators import QUEUE

WAITING, CLEARED = 10_000, 100


@pytest.fixture
def post(make_post: MakePost) -> Post:
    post = make_post("Herons in town")
    Comment.objects.bulk_create(waiting_reply(post, number) for number in range(WAITING))
    return post


def waiting_reply(post: Post, number: int) -> Comment:
    text, at = f"Number {number}.", timezone.now() - timedelta(seconds=WAITING - number)
    reply = Comment(post=post, name=f"Reader {number}", body=text, body_html=f"<p>{text}</p>")
    reply.email, reply.language, reply.submitted_at = f"{number}@example.org", "en", at
    reply.path = path_below("", at=at, uid=reply.uid)
    return reply


@pytest.fixture
def queue(page: Page, post: Post, mo: User, sign_in: SignIn) -> Page:
    sign_in(page, mo)
    page.goto(QUEUE)
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    return page


class Decided(list[Response]):
    """What the server answered to decisions, in their order."""

    def hear(self, said: Response) -> None:
        if said.request.method == "POST":
            self.append(said)


def test_a_hundred_of_ten_thousand_take_a_hundred_and_one_keys_and_no_other_page(
    queue: Page, watch: Watch
) -> None:
    decided = Decided()
    queue.on("response", decided.hear)
    left = queue.locator(".queue-lists [aria-current] .queue-number")
    expect(left).to_have_text(str(WAITING))
    keys = ["j"]
    queue.keyboard.press("j")
    while int(left.inner_text()) > WAITING - CLEARED:
        # Whoever is faster than the server waits here, with the focus where it is.
        queue.locator("[data-card]:focus").wait_for()
        keys.append("rs"[len(keys) % 7 == 0] if len(keys) % 3 == 0 else "a")
        queue.keyboard.press(keys[-1])
    assert len(keys) == CLEARED + 1
    while len(decided) < CLEARED:
        queue.wait_for_event("response")
    assert {answer.status for answer in decided} == {200}
    assert len([seen for seen in watch.requests if seen.is_navigation_request()]) == 1
    assert Comment.objects.waiting().count() == WAITING - CLEARED
    given = {"a": Status.APPROVED, "r": Status.REJECTED, "s": Status.SPAM}
    log = Decision.objects.order_by("pk").values_list("decision", flat=True)
    assert list(log) == [given[key] for key in keys[1:]]
    queue.reload()
    expect(left).to_have_text(str(WAITING - CLEARED))


def test_who_is_two_pages_ahead_of_the_server_goes_on_once_it_has_caught_up(queue: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    queue.route("**/admin/comments/**", hold)
    queue.keyboard.press("j")
    for _ in range(2 * CommentAdmin.list_per_page):
        queue.locator("[data-card]:focus").wait_for()
        queue.keyboard.press("a")
    expect(queue.get_by_text("There is nothing here.")).to_be_visible()
    expect(queue.locator("#queue")).to_be_focused()
    held[0].continue_()
    queue.unroute("**/admin/comments/**")
    expect(queue.locator("[data-card]:focus")).to_be_visible()
    queue.wait_for_load_state("networkidle")
