"""How long a guest's reply can still be changed from here is counted down by the server's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from blog.models import Post
from comments.models import Comment
from tests.browser.conversation.guests import send_as_mina
from tests.conftest import MakePost

MINUTE = 60 * 1000
OpenAt = Callable[[timedelta], Locator]


@pytest.fixture
def post(make_post: MakePost) -> Post:
    return make_post("Herons in town")


@pytest.fixture
def foot_by(page: Page, post: Post) -> OpenAt:
    """foot_by(ahead) -> the foot of a reply sent just now by a device whose clock is that far ahead."""

    def send(ahead: timedelta) -> Locator:
        page.clock.install(time=timezone.now() + ahead)
        page.goto(post.get_absolute_url())
        page.get_by_role("link", name="Write the first reply").click()
        page.get_by_label("Your reply").fill("I saw two of them.")
        send_as_mina(page)
        expect(page.get_by_text("waits for a moderator")).to_be_visible()
        return page.locator(f"#comment-{Comment.objects.get().pk} .own-foot")

    return send


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(hours=1), timedelta(hours=-1)])
def test_it_counts_to_the_end_and_goes_whatever_the_device_takes_for_now(
    page: Page, foot_by: OpenAt, ahead: timedelta
) -> None:
    foot = foot_by(ahead)
    until = timezone.localtime(Comment.objects.get().submitted_at + timedelta(minutes=15))
    expect(foot).to_contain_text(f"until {until:%H:%M} (in 15 minutes)")
    page.clock.run_for(5 * MINUTE)
    expect(foot).to_contain_text(f"until {until:%H:%M} (in 10 minutes)")
    page.clock.run_for(9 * MINUTE)
    expect(foot).to_contain_text("(in 1 minute)")
    page.clock.run_for(MINUTE)
    expect(foot).to_have_count(0)


def test_what_has_the_focus_stays_until_the_focus_goes_on(page: Page, foot_by: OpenAt) -> None:
    foot = foot_by(timedelta())
    change = foot.get_by_role("link", name="Change")
    change.focus()
    page.clock.run_for(16 * MINUTE)
    expect(change).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.clock.run_for(MINUTE)
    expect(foot).to_have_count(0)
