"""A reader stays with a conversation: thanks, folds, comes back later, and sees others reply."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from blog.models import Post
from comments.models import Comment, Status, Thanks
from moderation.deciding import decide
from moderation.models import Report
from tests.browser.conftest import MakeReply, OpenBrowser
from tests.browser.layout import too_wide
from tests.conftest import MakePost

THANK = "**/comments/thanks/**"
HOUR = 60 * 60 * 1000


@pytest.fixture
def post(make_post: MakePost) -> Post:
    return make_post("Herons in town")


@pytest.fixture
def wim(post: Post, make_reply: MakeReply) -> Comment:
    """The first of four replies; Zoe answers him, and Kim answers her."""
    wim = make_reply(post, "Which ones?", name="Wim")
    zoe = make_reply(post, "All of them.", name="Zoe", parent=wim)
    make_reply(post, "By the lock.", name="Kim", parent=zoe)
    make_reply(post, "A lovely piece.", name="Pat")
    return wim


def of(page: Page, reply: Comment) -> Locator:
    return page.locator(f"#comment-{reply.pk}")


def double_click(page: Page, target: Locator, asks: str) -> None:
    """As a hand does: the second press comes when the answer to the first one is there."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    with page.expect_response(asks):
        page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)


# --- thanks and reports ---


def test_thanks_are_given_and_taken_back_in_place(page: Page, post: Post, wim: Comment) -> None:
    page.goto(post.get_absolute_url())
    button = of(page, wim).get_by_role("button", name="Thanks to Wim")
    double_click(page, button, THANK)
    expect(button).to_have_text("Thanks 1")
    expect(button).to_have_accessible_name("Thanks to Wim (1)")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert Thanks.objects.count() == 1
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_accessible_name("Thanks to Wim")
    assert not Thanks.objects.exists()


def test_thanks_for_two_replies_at_once_are_of_one_reader(
    page: Page, post: Post, wim: Comment
) -> None:
    page.goto(post.get_absolute_url())
    page.evaluate("document.querySelectorAll('.thanks').forEach((button) => button.click())")
    expect(page.locator(".thanks[aria-pressed=true]")).to_have_count(4)
    assert Thanks.objects.values("reader").distinct().count() == 1


def test_a_failed_thanks_says_so(page: Page, post: Post, wim: Comment) -> None:
    page.goto(post.get_absolute_url())
    page.route(THANK, lambda route: route.fulfill(status=429, body="slow"))
    of(page, wim).get_by_role("button", name="Thanks to Wim").click()
    expect(of(page, wim).get_by_role("alert")).to_contain_text("Please try again")


def test_a_report_is_written_and_thanked_for_in_place(page: Page, post: Post, wim: Comment) -> None:
    page.goto(post.get_absolute_url())
    reply = of(page, wim)
    reply.get_by_role("link", name="Reply to Wim").click()
    reply.get_by_label("Your reply").fill("Half a thought")
    reply.get_by_role("link", name="Report the reply of Wim").click()
    expect(reply.get_by_label("It is rude or hurtful")).to_be_focused()
    form = reply.locator(".report-form")
    form.get_by_label("Anything the moderators should know").fill("Look here.")
    form.get_by_role("button", name="Send the report").click()
    expect(form.get_by_text("Please choose what comes closest.")).to_be_visible()
    expect(form.get_by_label("Anything the moderators should know")).to_have_value("Look here.")
    form.get_by_label("Something else").check()
    form.get_by_role("button", name="Send the report").click()
    expect(reply.get_by_role("status")).to_contain_text("Thank you.")
    expect(reply.get_by_label("Your reply")).to_have_value("Half a thought")
    assert Report.objects.get().note == "Look here."


def test_a_report_that_cannot_be_opened_leaves_what_is_half_written(
    page: Page, post: Post, wim: Comment
) -> None:
    page.goto(post.get_absolute_url())
    reply = of(page, wim)
    reply.get_by_role("link", name="Reply to Wim").click()
    reply.get_by_label("Your reply").fill("Half a thought")
    page.route("**/report/*", lambda route: route.fulfill(status=403, body="Some proxy's page"))
    reply.get_by_role("link", name="Report the reply of Wim").click()
    expect(reply.get_by_role("alert")).to_contain_text("What you wrote is still here")
    expect(reply.get_by_label("Your reply")).to_have_value("Half a thought")


def test_a_report_is_cancelled_and_the_focus_goes_back(
    page: Page, post: Post, wim: Comment
) -> None:
    page.goto(post.get_absolute_url())
    link = of(page, wim).get_by_role("link", name="Report the reply of Wim")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link.dblclick()
    expect(page.locator(".report-form")).to_be_visible()
    assert len([address for address in asked if "/report/" in address]) == 1
    of(page, wim).get_by_role("link", name="Cancel").click()
    expect(link).to_be_focused()
    expect(page.locator(".report-form")).to_have_count(0)


# --- folding ---


def test_a_branch_folds_in_place_and_stays_so(page: Page, post: Post, wim: Comment) -> None:
    page.goto(post.get_absolute_url())
    control = of(page, wim).get_by_role("link", name="2 answers")
    control.focus()
    page.keyboard.press("Enter")
    expect(control).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".reply:visible .reply-by")).to_have_text(["Wim", "Pat"])
    assert "fold" not in page.url
    page.reload()
    expect(page.locator(".reply:visible .reply-by")).to_have_text(["Wim", "Pat"])
    control.click()
    expect(page.locator(".reply:visible")).to_have_count(4)


def test_a_link_into_a_folded_branch_unfolds_it(page: Page, post: Post, wim: Comment) -> None:
    page.goto(post.get_absolute_url())
    of(page, wim).get_by_role("link", name="2 answers").click()
    kim = Comment.objects.get(name="Kim")
    page.goto(f"/comments/{kim.pk}/")
    expect(of(page, kim)).to_be_in_viewport()


def test_without_scripts_a_branch_folds_by_its_link(
    new_context: OpenBrowser, post: Post, wim: Comment
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(post.get_absolute_url())
    of(page, wim).get_by_role("link", name="2 answers").click()
    expect(page.locator(".reply .reply-by")).to_have_text(["Wim", "Pat"])
    of(page, wim).get_by_role("link", name="2 answers").click()
    expect(page.locator(".reply")).to_have_count(4)


# --- later visits ---


def test_a_later_visit_shows_what_is_new_and_leads_from_one_to_the_next(
    page: Page, post: Post, wim: Comment, make_reply: MakeReply
) -> None:
    page.clock.install()
    page.goto(post.get_absolute_url())
    expect(page.locator(".new-mark")).to_have_count(0)
    first = make_reply(post, "Late answer.", name="Ria", parent=wim)
    last = make_reply(post, "Late to the party.", name="Bo")
    page.clock.fast_forward(HOUR)
    page.goto(post.get_absolute_url())
    expect(page.get_by_text("2 new replies since your last visit")).to_be_visible()
    expect(page.locator(".reply:has(.new-mark) .reply-by bdi")).to_have_text(["Ria", "Bo"])
    page.get_by_role("button", name="Go to the first").click()
    expect(of(page, first)).to_be_focused()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Next new reply").click()
    expect(of(page, last)).to_be_focused()
    page.clock.fast_forward(HOUR)
    page.goto(post.get_absolute_url())
    expect(page.locator(".new-mark")).to_have_count(0)
    assert page.context.cookies() == []


def test_without_scripts_a_button_marks_as_read(
    new_context: OpenBrowser, post: Post, wim: Comment, make_reply: MakeReply
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="Mark as read").click()
    late = make_reply(post, "Late answer.", name="Ria", parent=wim)
    page.reload()
    expect(of(page, late).locator(".new-mark")).to_have_text("new")
    page.get_by_role("link", name="Go to the first").click()
    expect(of(page, late)).to_be_in_viewport()


# --- others reply meanwhile ---


@pytest.fixture
def reading(page: Page, post: Post, make_reply: MakeReply) -> Locator:
    """A long thread stands open, and the reader is in the midst of it, at this reply."""
    replies = [make_reply(post, "Some words. " * 40, name=f"N{n}") for n in range(5)]
    page.set_viewport_size(ViewportSize(width=360, height=640))
    page.clock.install()
    page.goto(post.get_absolute_url())
    read = of(page, replies[3])
    read.evaluate("(reply) => scrollTo(0, scrollY + reply.getBoundingClientRect().top + 40)")
    return read


def top_of(reply: Locator) -> float:
    return float(reply.evaluate("(reply) => reply.getBoundingClientRect().top"))


def test_new_replies_are_offered_and_shown_without_moving_what_is_read(
    page: Page, post: Post, reading: Locator, make_reply: MakeReply
) -> None:
    place = top_of(reading)
    first = Comment.objects.get(name="N0")
    make_reply(post, "Right under the first. " * 20, name="Ria", parent=first)
    make_reply(post, "At the end.", name="Bo")
    page.clock.run_for(31_000)
    button = page.get_by_role("button", name="2 new replies: show them")
    expect(button).to_be_in_viewport()
    expect(page.get_by_role("status").filter(has_text="2 new replies")).to_have_count(1)
    assert abs(top_of(reading) - place) <= 1
    button.click()
    expect(page.locator(".reply bdi")).to_have_text(["N0", "Ria", "N1", "N2", "N3", "N4", "Bo"])
    expect(page.locator("html")).to_have_css("overflow-anchor", "auto")
    assert abs(top_of(reading) - place) <= 1
    expect(reading).to_be_focused()
    expect(button).to_be_hidden()
    expect(page.get_by_role("heading", name="7 replies")).to_have_count(1)
    expect(page.locator(".reply:has(.new-mark) .reply-by bdi")).to_have_text(["Ria", "Bo"])
    expect(of(page, first).get_by_role("link", name="1 answer")).to_have_count(1)


def test_the_focus_goes_back_to_the_form_in_which_one_was_writing(
    page: Page, post: Post, reading: Locator, make_reply: MakeReply
) -> None:
    reading.get_by_role("link", name="Reply to N3").click()
    text = reading.get_by_label("Your reply")
    text.fill("Half a thought")
    make_reply(post, "At the end.", name="Bo")
    page.clock.run_for(31_000)
    page.get_by_role("button", name="1 new reply: show it").click()
    expect(page.locator(".reply")).to_have_count(6)
    expect(text).to_be_focused()
    expect(text).to_have_value("Half a thought")


def test_a_hidden_page_asks_nothing_and_a_quiet_one_seldom(page: Page, reading: Locator) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(31_000)
    page.clock.run_for(31_000)
    assert len(asked) == 1
    hide = "Object.defineProperty(document, 'visibilityState', {value: '%s', configurable: true});"
    tell = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(hide % "hidden" + tell)
    page.clock.run_for(HOUR)
    assert len(asked) == 1
    with page.expect_response("**/replies/count/"):
        page.evaluate(hide % "visible" + tell)


def come_back(page: Page) -> None:
    """As to a page that the browser kept whole, which this one does not do when it is driven."""
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_who_comes_back_does_not_see_a_reply_that_went_away(
    page: Page, post: Post, wim: Comment
) -> None:
    page.goto(post.get_absolute_url())
    decide(comments=Comment.objects.filter(name="Pat"), decision=Status.SPAM, by=None)
    come_back(page)
    expect(page.locator(".reply bdi")).to_have_text(["Wim", "Zoe", "Kim"])


def test_who_comes_back_to_a_form_keeps_it_when_a_reply_went_away(
    page: Page, post: Post, wim: Comment
) -> None:
    page.goto(post.get_absolute_url())
    of(page, wim).get_by_role("link", name="Reply to Wim").click()
    of(page, wim).get_by_label("Your reply").fill("Half a thought")
    decide(comments=Comment.objects.filter(name="Pat"), decision=Status.SPAM, by=None)
    with page.expect_response("**/replies/count/"):
        come_back(page)
    page.wait_for_load_state("networkidle")
    expect(of(page, wim).get_by_label("Your reply")).to_have_value("Half a thought")


def test_who_comes_back_is_offered_what_is_new(
    page: Page, post: Post, wim: Comment, make_reply: MakeReply
) -> None:
    page.goto(post.get_absolute_url())
    make_reply(post, "At the end.", name="Bo")
    come_back(page)
    page.get_by_role("button", name="1 new reply: show it").click()
    expect(page.locator(".reply bdi")).to_have_text(["Wim", "Zoe", "Kim", "Pat", "Bo"])


def test_a_page_is_never_told_a_number_from_before_it_was_made(
    page: Page, post: Post, make_reply: MakeReply
) -> None:
    page.clock.install()
    for number in (0, 1):
        page.goto(post.get_absolute_url())
        with page.expect_response("**/replies/count/") as asked:
            page.clock.run_for(31_000)
        assert asked.value.json() == {"count": number}
        make_reply(post, "At the end.", name="Bo")


def test_replies_under_an_article_without_any_are_offered_too(
    page: Page, post: Post, make_reply: MakeReply
) -> None:
    page.clock.install()
    page.goto(post.get_absolute_url())
    make_reply(post, "The first!", name="Bo")
    page.clock.run_for(31_000)
    page.get_by_role("button", name="1 new reply: show it").click()
    expect(page.locator(".reply bdi")).to_have_text(["Bo"])


def test_everything_under_a_reply_fits_a_phone_and_can_be_hit(
    page: Page, post: Post, wim: Comment
) -> None:
    page.set_viewport_size(ViewportSize(width=320, height=640))
    page.goto(post.get_absolute_url())
    of(page, wim).get_by_role("link", name="Report the reply of Wim").click()
    expect(of(page, wim).locator(".report-form")).to_be_visible()
    assert not too_wide(page)
    for target in page.locator(".reply-foot > *:visible, .sorts a, .report-form label").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 24
