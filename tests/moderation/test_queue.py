"""The moderators' desk: who sees which replies, what stands beside them, and what the buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from comments.visitor import Visitor
from moderation.deciding import decide
from moderation.models import Decision, Report
from tests.conftest import MakePost, MakeUser
from tests.moderation.conftest import button
from tests.moderation.conftest import shown as versions_of
from tests.moderators import QUEUE
from tests.replies import MakeReply

DECIDERS = [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR]

Wait = Callable[..., Comment]


@pytest.fixture
def wait() -> Wait:
    """wait(post, "…") -> a guest's first reply, which waits."""

    def make(
        post: Post, body: str = "Please read me.", user: User | None = None, **fields: Any
    ) -> Comment:
        fields = {"name": "Wim", "email": "wim@example.org"} | fields
        visitor = Visitor(user=user)
        return post_comment(post=post, body=body, language="en", visitor=visitor, **fields)

    return make


def page_of(comment: Comment) -> str:
    return f"{QUEUE}{comment.pk}/change/"


def press(client: Client, url: str, comment: Comment, decision: str, **typed: str) -> Any:
    """Press the button as it stands on the page at that moment, and follow."""
    page = html.fromstring(client.get(url).text)
    assert page.xpath(f"//button[@name='{decision}'][@value='{comment.pk}']")
    (version,) = page.xpath(f"//input[@name='version-{comment.pk}']/@value")
    pressed = {decision: str(comment.pk), f"version-{comment.pk}": version}
    return client.post(url, pressed | typed, follow=True)


def select(client: Client, url: str, action: str, comments: list[Comment], **more: str) -> Any:
    data = {"action": action, "index": "0", "_selected_action": [c.pk for c in comments]}
    return client.post(url, data | more, follow=True)


def shown(page: Any) -> list[str]:
    return [
        cell.text_content().strip()
        for cell in html.fromstring(page.text).xpath("//div[@class='queue-body']")
    ]


# --- what the queue shows ---


def test_the_queue_shows_what_waits_oldest_first_and_all_replies_as_they_came_in(
    desk: Client, post: Post, wait: Wait, make_reply: MakeReply
) -> None:
    now = timezone.now()
    for text, age in (("newer", 1), ("oldest", 9), ("newest", 0)):
        wait(post, text, at=now - timedelta(hours=age), email=f"{text}@example.org")
    make_reply(post, "decided")
    assert shown(desk.get(QUEUE)) == ["oldest", "newer", "newest"]
    assert shown(desk.get(f"{QUEUE}?status=approved")) == ["decided"]
    assert shown(desk.get(f"{QUEUE}?status=all")) == ["decided", "newest", "oldest", "newer"]


def test_beside_a_reply_stand_its_post_what_it_answers_why_it_waits_and_the_persons_history(
    desk: Client, post: Post, wait: Wait, make_reply: MakeReply
) -> None:
    above = make_reply(post, "Which apple?", name="Ria")
    for status in (Status.REJECTED, Status.SPAM, Status.SPAM):
        make_reply(post, name="Wim", email="wim@example.org", status=status)
    wait(post, "The red one.", parent=above)
    text = " ".join(html.fromstring(desk.get(QUEUE).text).text_content().split())
    for part in (
        "Apples and pears",
        "Ria: Which apple?",
        "first reply of this person",
        "wim@example.org",
        "0 approved · 1 rejected · 2 spam",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?post={b}", ["under b"]),
        ("?q=pears", ["pears under a"]),
        ("?language__exact=nl", ["under b"]),
        ("?language=nl", ["under b"]),
        ("?post=x", ["pears under a", "under b"]),
        ("?post=" + "9" * 18, []),
        ("?status=nonsense", []),
    ],
)
def test_the_queue_is_filtered_and_searched(
    desk: Client, make_post: MakePost, wait: Wait, query: str, found: list[str]
) -> None:
    a, b = make_post("A"), make_post("B")
    wait(a, "pears under a")
    wait(b, "under b")
    Comment.objects.filter(post=b).update(language="nl")
    assert shown(desk.get(QUEUE + query.format(b=b.pk))) == found


@pytest.mark.parametrize("number", [3, 25])
def test_the_queue_takes_the_same_queries_however_long_it_is(
    desk: Client,
    post: Post,
    wait: Wait,
    make_reply: MakeReply,
    make_user: MakeUser,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(number):
        writer = {"user": make_user(f"u{n}")} if n % 2 else {"email": f"{n}@example.org"}
        wait(post, f"No. {n}", parent=make_reply(post), **writer)
    desk.get(QUEUE)
    with django_assert_max_num_queries(15):
        assert len(shown(desk.get(QUEUE))) == number


def test_the_page_of_a_reply_shows_the_log_and_the_way_to_the_site(
    desk: Client, mo: User, post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    decide(comments=[comment], decision=Status.SPAM, by=mo, note="Sells pears")
    decide(comments=[comment], decision=Status.APPROVED, by=mo)
    page = desk.get(page_of(comment))
    assert "Sells pears" in page.text
    assert ">mo<" in page.text
    assert f'href="/comments/{comment.pk}/"' in page.text
    assert not html.fromstring(page.text).xpath("//input[@name='_save']")


# --- deciding ---


@pytest.mark.parametrize("decision", ["approved", "rejected", "spam", "removed"])
@pytest.mark.parametrize("place", ["queue", "page"])
def test_a_button_decides_logs_and_returns(
    desk: Client, mo: User, post: Post, wait: Wait, decision: str, place: str
) -> None:
    comment = wait(post)
    url = f"{QUEUE}?q=read" if place == "queue" else page_of(comment)
    answer = press(desk, url, comment, decision, note="a note")
    comment.refresh_from_db()
    assert comment.status == decision
    line = comment.decisions.get()
    assert (line.was, line.decision, line.by, line.note) == ("pending", decision, mo, "a note")
    back_to = "#queue" if place == "queue" else ""
    assert answer.redirect_chain == [(url + back_to, 302)]
    assert f"1 reply is now: {Status(decision).label}." in answer.text


def test_a_reply_can_be_brought_back(desk: Client, post: Post, make_reply: MakeReply) -> None:
    comment = make_reply(post, status=Status.REMOVED)
    press(desk, page_of(comment), comment, "approved")
    comment.refresh_from_db()
    assert comment.is_approved


@pytest.mark.parametrize("theirs", [Status.APPROVED, Status.SPAM])
def test_who_comes_second_is_told_and_changes_nothing(
    desk: Client, post: Post, wait: Wait, make_user: MakeUser, theirs: Status
) -> None:
    comment = wait(post)
    decide(comments=[comment], decision=theirs, by=make_user("ed", role=Role.EDITOR))
    answer = desk.post(QUEUE, button("approved", comment), follow=True)
    assert "there is a decision already" in answer.text
    assert "(ed, " in answer.text
    comment.refresh_from_db()
    assert comment.status == theirs
    assert comment.decisions.count() == 1


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("approve_selected", Status.APPROVED),
        ("reject_selected", Status.REJECTED),
        ("spam_selected", Status.SPAM),
        ("remove_selected", Status.REMOVED),
    ],
)
def test_many_are_decided_at_once(
    desk: Client, mo: User, post: Post, wait: Wait, action: str, status: Status
) -> None:
    chosen = [wait(post, f"No. {n}") for n in range(3)]
    left = wait(post, "Not chosen.")
    answer = select(desk, QUEUE, action, chosen)
    assert f"3 replies are now: {status.label}." in answer.text
    assert set(Comment.objects.filter(status=status)) == set(chosen)
    assert Decision.objects.filter(by=mo, decision=status).count() == 3
    left.refresh_from_db()
    assert left.status == Status.PENDING


@pytest.mark.parametrize("odd", [{"version-1": "x"}, {"version-x": "1"}, {"newest": "x"}])
def test_a_tampered_form_for_many_is_refused(
    desk: Client, post: Post, wait: Wait, odd: dict[str, str]
) -> None:
    chosen = [wait(post, f"No. {n}") for n in range(2)]
    assert select(desk, QUEUE, "approve_selected", chosen, **odd).status_code == 400
    assert not Decision.objects.exists()


def test_of_many_the_page_sends_the_version_of_each(desk: Client, post: Post, wait: Wait) -> None:
    comments = [wait(post, f"No. {n}") for n in range(3)]
    form = html.fromstring(desk.get(QUEUE).text).get_element_by_id("changelist-form")
    assert versions_of(*comments).items() <= dict(form.form_values()).items()


def test_of_many_those_that_somebody_decided_meanwhile_are_left(
    desk: Client, post: Post, wait: Wait
) -> None:
    chosen = [wait(post, f"No. {n}") for n in range(3)]
    decide(comments=chosen[:1], decision=Status.SPAM, by=None)
    answer = select(desk, QUEUE, "approve_selected", chosen)
    assert "2 replies are now: approved." in answer.text
    assert "1 reply was left as it was" in answer.text
    chosen[0].refresh_from_db()
    assert chosen[0].status == Status.SPAM


def test_all_that_a_filter_finds_are_decided_at_once(desk: Client, post: Post, wait: Wait) -> None:
    for n in range(60):
        wait(post, f"No. {n}")
    first = Comment.objects.first()
    assert first is not None
    answer = select(desk, QUEUE, "approve_selected", [first], select_across="1")
    assert "60 replies are now: approved." in answer.text
    post.refresh_from_db()
    assert post.comment_count == 60


def test_all_of_a_list_are_not_those_that_came_since_the_page_was_made(
    desk: Client, post: Post, wait: Wait
) -> None:
    first = wait(post, "Seen")
    (newest,) = re.findall(r'name="newest" value="(\d+)"', desk.get(QUEUE).text)
    unseen = wait(post, "Buy pears")
    answer = select(desk, QUEUE, "approve_selected", [first], select_across="1", newest=newest)
    assert "1 reply is now: approved." in answer.text
    assert list(Comment.objects.waiting()) == [unseen]


@pytest.mark.parametrize(
    ("decision", "value", "version"),
    [
        ("", "", ""),
        ("approved", "", "1"),
        ("approved", "x", "1"),
        ("approved", "{pk}", ""),
        ("approved", "{pk}", "pending"),
        ("approved", "{pk}", "0"),
        ("approved", "{pk}", "1\x00"),
        ("approved", "9" * 19, "1"),
        ("pending", "{pk}", "1"),
        ("delete", "{pk}", "1"),
    ],
)
def test_a_tampered_button_is_refused(
    desk: Client, post: Post, wait: Wait, decision: str, value: str, version: str
) -> None:
    comment = wait(post)
    value = value.format(pk=comment.pk)
    for url in (QUEUE, page_of(comment)):
        sent = {decision: value, f"version-{value}": version}
        assert desk.post(url, sent).status_code == 400
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_decision_takes_a_token(mo: User, post: Post, wait: Wait) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mo)
    comment = wait(post)
    answer = strict.post(QUEUE, button("approved", comment))
    assert answer.status_code == 403
    assert not Decision.objects.exists()


def test_looking_decides_nothing(desk: Client, post: Post, wait: Wait) -> None:
    comment = wait(post)
    for url in (QUEUE, page_of(comment)):
        desk.get(url, button("approved", comment))
    assert not Decision.objects.exists()


# --- who may ---


@pytest.mark.parametrize("role", DECIDERS)
def test_who_moderates_decides_everywhere(
    client: Client, make_user: MakeUser, post: Post, wait: Wait, role: Role
) -> None:
    client.force_login(make_user("mo", role=role))
    comment = wait(post)
    press(client, QUEUE, comment, "approved")
    comment.refresh_from_db()
    assert comment.is_approved


def test_an_author_sees_and_decides_under_own_posts_only(
    client: Client, make_user: MakeUser, make_post: MakePost, wait: Wait
) -> None:
    ada = make_user("ada", role=Role.AUTHOR)
    client.force_login(ada)
    own = wait(make_post("Mine", authors=[Author.objects.get(user=ada)]), "under mine")
    foreign = wait(make_post("Theirs"), "under theirs")
    assert shown(client.get(QUEUE)) == ["under mine"]
    press(client, QUEUE, own, "approved")
    answer = client.post(QUEUE, button("approved", foreign), follow=True)
    assert "not here any more" in answer.text
    assert client.get(page_of(foreign)).status_code == 302
    client.post(page_of(foreign), button("spam", foreign))
    select(client, QUEUE, "approve_selected", [foreign])
    foreign.refresh_from_db()
    own.refresh_from_db()
    assert (own.status, foreign.status) == (Status.APPROVED, Status.PENDING)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, None])
def test_others_do_not_get_in(
    client: Client, make_user: MakeUser, post: Post, wait: Wait, role: Role | None
) -> None:
    client.force_login(make_user("cy", role=role, is_staff=True))
    comment = wait(post)
    for url in (QUEUE, page_of(comment)):
        assert client.get(url).status_code in {302, 403}
        assert client.post(url, button("approved", comment)).status_code in {302, 403}
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("role", [*DECIDERS, Role.AUTHOR])
def test_nobody_adds_edits_or_deletes_replies_by_hand(
    client: Client, make_user: MakeUser, post: Post, make_reply: MakeReply, role: Role
) -> None:
    user = make_user("mo", role=role)
    client.force_login(user)
    post.bylines.create(author=Author.objects.get_or_create(user=user, defaults={"name": "Mo"})[0])
    comment = make_reply(post, "As it was.")
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.get(f"{QUEUE}{comment.pk}/delete/").status_code == 403
    client.post(page_of(comment), {"body": "Changed.", "status": "spam"})
    select(client, f"{QUEUE}?status=all", "delete_selected", [comment])
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("As it was.", Status.APPROVED)


def test_an_administrator_deletes_a_post_with_its_replies_told_by_their_number(
    client: Client, make_user: MakeUser, post: Post, make_reply: MakeReply
) -> None:
    root = make_user("root", role=Role.ADMINISTRATOR)
    client.force_login(root)
    above = make_reply(post)
    thread = [above, make_reply(post, "Not listed.", parent=above)]
    decide(comments=thread, decision=Status.REMOVED, by=root)
    Report.objects.create(comment=above, reader="x", reason="spam")
    address = f"/admin/blog/post/{post.pk}/delete/"
    page = client.get(address).text
    assert "Replies: 2" in page
    assert "Not listed." not in page
    client.post(address, {"post": "yes"})
    assert not Post.objects.exists()
    assert not Comment.objects.exists()
