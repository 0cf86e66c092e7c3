"""A muted reply: to its writer it is as any other, and nobody else hears of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.mail_links import MINE
from comments.models import Comment, Status
from moderation.deciding import decide, undo
from moderation.models import Rule
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.mails import path_in
from tests.moderation.conftest import button
from tests.moderators import QUEUE
from tests.replies import MakeReply, Send, take_replies


@pytest.fixture
def muted(make_post: MakePost, post: Post, send: Send) -> Comment:
    """The reply of a guest whom the site knows, and who was muted then; sent by `client`."""
    send(make_post("Elsewhere"))
    decide(comments=Comment.objects.all(), decision=Status.APPROVED, by=None)
    Rule.objects.create(kind="email", value="wim@example.org", effect="mute")
    assert send(post, reply="Grumble.").status_code == 303
    return Comment.objects.get(body="Grumble.")


def own_reply_on(post: Post, client: Client) -> str:
    """How a thread shows the one reply that is the browser's own, without what differs from each other's."""
    (item,) = re.findall(
        r"<li class=\"reply .*?</li>", client.get(post.get_absolute_url()).text, re.DOTALL
    )
    item = re.sub(r'data-left="\d+"|data-appeared="\d+"|datetime=".*?"|fill="[^"]+"', "", item)
    item = re.sub(r'class="avatar.*?</svg>', "", item, flags=re.DOTALL)
    return re.sub(r'comments/\d+|-\d+"|value="\d+"|to=\d+', "", item)


@pytest.mark.parametrize("policy", ["open", "held", "confirmed"])
@pytest.mark.parametrize("text", ["Grumble.", "Buy https://a.example https://b.example " * 5])
def test_a_newcomer_cannot_tell(
    post: Post, make_post: MakePost, send: Send, mailbox: Mailbox, policy: str, text: str
) -> None:
    Rule.objects.create(kind="email", value="*@muted.example", effect="mute")
    told = []
    for domain in ("muted.example", "free.example"):
        browser, read = Client(), make_post("Apples", conversation={"policy": policy})
        mail = f"wim@{domain}"
        sent = send(read, client=browser, email=mail, reply=f"{text} {domain}")
        asked = [mail["Subject"] for mail in mailbox() if mail["To"] == f"wim@{domain}"]
        shown = own_reply_on(read, browser).replace(domain, "")
        told.append((sent.status_code, asked, shown))
    assert told[0] == told[1]


def test_a_newcomer_who_confirms_cannot_tell(
    client: Client, post: Post, send: Send, mailbox: Mailbox
) -> None:
    take_replies(policy="confirmed")
    Rule.objects.create(kind="word", value="grumble", effect="mute")
    send(post, reply="Grumble.")
    (asked,) = mailbox()
    assert "open the link in the mail" in client.get(post.get_absolute_url()).text
    answer = client.post(path_in(asked, "/comments/confirm/"))
    assert "Readers see it now." in answer.text
    page = client.get(post.get_absolute_url()).text
    assert "Grumble." in page
    assert "Until then only you see it" not in page
    assert "Grumble." not in Client().get(post.get_absolute_url()).text


def test_its_writer_sees_it_as_if_it_stood_there(
    client: Client, post: Post, muted: Comment
) -> None:
    page = client.get(post.get_absolute_url()).text
    assert "Grumble." in page
    assert "waits for a moderator" not in page
    assert client.get(f"/comments/{muted.pk}/").status_code == 302


def test_an_account_sees_its_own_everywhere(
    client: Client, post: Post, send: Send, make_user: MakeUser
) -> None:
    Rule.objects.create(kind="account", value="eve", effect="mute")
    eve = make_user("eve")
    client.force_login(eve)
    send(post, reply="Grumble.")
    other = Client()
    other.force_login(eve)
    assert "Grumble." in other.get(post.get_absolute_url()).text


def test_nobody_else_sees_it(post: Post, muted: Comment, make_user: MakeUser) -> None:
    stranger = Client()
    for _visit in range(2):
        assert "Grumble." not in stranger.get(post.get_absolute_url()).text
        assert stranger.get(f"/comments/{muted.pk}/").status_code == 404
        for feed in ("/comments/feed/", f"/{post.address}/comments/feed/"):
            assert "Grumble." not in stranger.get(feed).text
        assert stranger.get(f"/{post.address}/reply/?to={muted.pk}").status_code == 404
        stranger.force_login(make_user(f"u{_visit}"))
    post.refresh_from_db()
    assert post.comment_count == 0


def test_nobody_is_told_of_it(
    make_post: MakePost, make_user: MakeUser, mo: User, send: Send, mailbox: Mailbox
) -> None:
    """Neither moderators, for it does not wait, nor the post's author, for it does not appear."""
    ada = make_user("ada", role=Role.AUTHOR)
    post = make_post("By Ada", authors=[Author.objects.get(user=ada)])
    Rule.objects.create(kind="word", value="grumble", effect="mute")
    send(post, reply="Grumble.")
    assert mailbox() == []
    send(post, reply="A good point.")
    assert {mail["To"] for mail in mailbox()} == {"ada@example.org", "mo@example.org"}


def test_its_writer_answers_it_and_nobody_sees_that_either(
    client: Client, post: Post, send: Send, muted: Comment
) -> None:
    assert client.get(f"/{post.address}/reply/?to={muted.pk}").status_code == 200
    Rule.objects.all().delete()
    assert send(post, to=str(muted.pk), reply="And another thing.").status_code == 303
    answer = Comment.objects.get(body="And another thing.")
    assert (answer.status, answer.parent) == (Status.MUTED, muted)
    assert "And another thing." in client.get(post.get_absolute_url()).text
    assert "not shown" not in Client().get(post.get_absolute_url()).text


@pytest.mark.parametrize(("status", "told"), [("muted", "approved"), ("spam", "waiting")])
def test_its_writer_learns_from_no_list_what_it_was_taken_for(
    client: Client, post: Post, make_user: MakeUser, make_reply: MakeReply, status: str, told: str
) -> None:
    eve = make_user("eve")
    reply = make_reply(post, "Grumble.", user=eve, status=Status(status))
    Comment.objects.update(held_because="rule")
    client.force_login(eve)
    page = " ".join(client.get("/comments/mine/").text.split())
    assert f"· {told}</span>" in page
    assert (f'"/comments/{reply.pk}/"' in page) == (told == "approved")
    for word in ("spam", "muted", "seen by its writer"):
        assert word not in page
        assert word not in client.get("/comments/mine/download/").text


def test_the_download_says_no_more(
    client: Client, post: Post, make_user: MakeUser, make_reply: MakeReply
) -> None:
    """A muted reply's line is that of an approved one, a spammer's that of one that waits."""
    lines = {}
    for status in Status.MUTED, Status.APPROVED, Status.SPAM, Status.PENDING:
        eve = make_user(f"eve_{status}")
        make_reply(post, "Grumble.", user=eve, status=status, at=post.due_at)
        Comment.objects.update(held_because="rule")
        client.force_login(eve)
        (line,) = client.get("/comments/mine/download/").json()["replies"]
        lines[status] = line | {"url": "", "name": ""}
    assert lines[Status.MUTED] == lines[Status.APPROVED]
    assert lines[Status.SPAM] == lines[Status.PENDING]


def test_a_mailed_key_shows_it_in_its_place_in_any_browser(post: Post, muted: Comment) -> None:
    key = MINE.sign("wim@example.org")
    elsewhere = Client()
    (link,) = re.findall(
        rf'href="(/comments/{muted.pk}/\?key=[^"]+)"', elsewhere.get(f"/comments/mine/{key}/").text
    )
    assert "Grumble." in elsewhere.get(link, follow=True).text
    assert "Grumble." in elsewhere.get(post.get_absolute_url()).text
    others = MINE.sign("zoe@example.org")
    assert Client().get(f"/comments/{muted.pk}/?key={others}").status_code == 404


def test_a_mailed_key_leads_to_it_after_a_change(muted: Comment) -> None:
    edit = f"/comments/{muted.pk}/edit/?key={MINE.sign('wim@example.org')}"
    page = Client().post(edit, {"reply": "Grumble on."}, follow=True)
    assert page.status_code == 200
    assert "Grumble on." in page.text


def test_a_moderator_can_let_it_appear(
    post: Post, muted: Comment, make_user: MakeUser, make_reply: MakeReply
) -> None:
    moderator = Client()
    moderator.force_login(make_user("root", is_staff=True, is_superuser=True))
    queue = f"{QUEUE}?status=muted"
    assert "Grumble." in moderator.get(queue).text
    moderator.post(queue, button("approved", muted))
    assert "Grumble." in Client().get(post.get_absolute_url()).text


def test_an_answer_that_outlived_an_undo_does_not_name_it(
    post: Post, muted: Comment, make_reply: MakeReply, make_user: MakeUser
) -> None:
    mo = make_user("mo")
    batch = decide(comments=[muted], decision=Status.APPROVED, by=mo).batch
    muted.refresh_from_db()
    make_reply(post, "I agree.", parent=muted, name="Zoe")
    undo(batch=batch, by=mo)
    page = Client().get(f"{post.get_absolute_url()}?sort=newest").text
    assert "I agree." in page
    assert "Wim" not in page
