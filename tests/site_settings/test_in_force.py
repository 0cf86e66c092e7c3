"""What each setting does to the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring

from accounts.models import User
from accounts.roles import Role
from outbox.models import Mail
from site_settings.models import KEY, SiteSettings
from tests.conftest import Mailbox, MakePost, MakeUser
from tests.replies import Send
from tests.site_settings.conftest import SetSite, group, send, sent_by
from web import in_memory

LONG = (
    "First paragraph. " * 20
    + "\n\n<!--more-->\n\n## Inside\n\nThe rest, with a note.[^1]\n\n[^1]: The note."
)


def titles(page: str) -> list[str]:
    return [one.text_content() for one in fromstring(page).find_class("p-name")]


def test_the_name_stands_everywhere(
    client: Client, make_post: MakePost, set_site: SetSite, owner: Client
) -> None:
    post = make_post()
    set_site(name="The <Heron>")
    for page in ("/", post.get_absolute_url(), "/no-such-page/"):
        assert "The &lt;Heron&gt;" in client.get(page).text, page
    for feed in ("/feed/", "/comments/feed/"):
        assert "Heron" in str(fromstring(client.get(feed).content).findtext(".//title")), feed
    assert client.get("/site.webmanifest").json()["name"] == "The <Heron>"
    assert "The &lt;Heron&gt;" in owner.get("/admin/").text


def test_the_slogan_stands_on_the_first_page_alone(
    client: Client, make_post: MakePost, set_site: SetSite
) -> None:
    post = make_post()
    set_site(slogan="By the water.")
    assert "By the water." in client.get("/").text
    assert "By the water." not in client.get(post.get_absolute_url()).text
    assert "By the water." not in client.get("/archive/").text


def test_the_description_is_what_programs_are_told(client: Client, set_site: SetSite) -> None:
    set_site(description="A blog about birds.")
    for page in ("/", "/feed/", "/feed/atom/", "/feed/json/"):
        assert "A blog about birds." in client.get(page).text, page


@pytest.mark.parametrize(
    ("asked", "language"),
    [("nl", "nl"), ("de", "nl"), ("fr", "nl"), ("", "nl"), ("de, en;q=0.5", "en"), ("*", "nl")],
)
def test_readers_get_a_language_that_is_offered(
    client: Client, set_site: SetSite, asked: str, language: str
) -> None:
    set_site(languages=["en", "nl"], default_language="nl")
    answer = client.get("/", headers={"accept-language": asked})
    assert answer["Content-Language"] == language


def test_a_language_that_was_chosen_and_is_not_offered_any_more(
    client: Client, set_site: SetSite
) -> None:
    client.post("/language/", {"language": "de", "next": "/"})
    assert client.get("/")["Content-Language"] == "de"
    set_site(languages=["en", "nl"])
    assert client.get("/")["Content-Language"] == "en"


def test_only_what_is_offered_can_be_chosen(client: Client, set_site: SetSite) -> None:
    assert "Deutsch" in client.get("/").text
    set_site(languages=["en", "nl"])
    page = client.get("/").text
    assert "Nederlands" in page
    assert "Deutsch" not in page
    set_site(languages=["en"])
    assert 'class="languages"' not in client.get("/").text


def test_feeds_speak_the_default_language(
    client: Client, make_post: MakePost, set_site: SetSite
) -> None:
    make_post()
    set_site(default_language="nl")
    assert "<language>nl</language>" in client.get("/feed/").text
    assert "Reacties" in client.get("/comments/feed/").text


def test_times_are_those_of_the_zone(
    client: Client, make_post: MakePost, set_site: SetSite
) -> None:
    post = make_post(at=datetime(2024, 5, 31, 22, 30, tzinfo=UTC))
    address = post.get_absolute_url()
    assert address.startswith("/2024/06/")
    set_site(time_zone="America/New_York")
    page = client.get(address).text
    assert "31 May 2024, 18:30" in page
    assert "2024-05-31T18:30:00-04:00" in page
    assert (
        make_post("B", at=datetime(2024, 5, 31, 22, 30, tzinfo=UTC))
        .get_absolute_url()
        .startswith("/2024/05/")
    )


def test_a_zone_that_is_gone_stops_nothing(
    owner: Client, make_post: MakePost, settings: Any
) -> None:
    post = make_post()
    SiteSettings.objects.create(pk=KEY, time_zone="Europe/Atlantis")
    in_memory.forget()
    assert owner.get(post.get_absolute_url()).status_code == 200
    page = owner.get(group("languages"))
    assert sent_by(page)["time_zone"] == ["Europe/Atlantis"]
    answer = send(owner, "languages", sent_by(page))
    assert answer.status_code == 422
    assert "There is no time zone “Europe/Atlantis”" in answer.text


def test_the_zone_ends_with_the_request(client: Client, set_site: SetSite) -> None:
    before = timezone.get_current_timezone_name()
    set_site(time_zone="Asia/Tokyo")
    client.get("/")
    assert timezone.get_current_timezone_name() == before


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        ("long", "nl", "31 mei 2024"),
        ("numbers", "en", "31/05/2024"),
        ("numbers", "nl", "31-05-2024"),
        ("numbers", "de", "31.05.2024"),
        ("iso", "de", "2024-05-31"),
    ],
)
def test_days_are_written_as_the_owner_likes(
    client: Client, make_post: MakePost, set_site: SetSite, style: str, language: str, written: str
) -> None:
    post = make_post(at=datetime(2024, 5, 31, 10, tzinfo=UTC))
    set_site(date_style=style)
    headers = {"accept-language": language}
    assert written in client.get("/", headers=headers).text
    assert f"{written}, 12:00" in (
        page := client.get(post.get_absolute_url(), headers=headers).text
    ) or (f"{written} 12:00" in page)


def test_the_week_of_the_desk_begins_as_the_owner_likes(owner: Client, set_site: SetSite) -> None:
    assert '"FIRST_DAY_OF_WEEK": 1' in owner.get("/admin/jsi18n/").text
    set_site(first_weekday=0)
    assert '"FIRST_DAY_OF_WEEK": 0' in owner.get("/admin/jsi18n/").text


def test_a_page_has_as_many_posts_as_is_set(
    client: Client, many_posts: Any, set_site: SetSite, django_assert_max_num_queries: Any
) -> None:
    many_posts(60)
    set_site(posts_per_page=50)
    with django_assert_max_num_queries(6):
        page = client.get("/").text
    assert len(titles(page)) == 50
    assert page.count("Gus Guest") >= 50
    set_site(posts_per_page=3)
    assert len(titles(client.get("/").text)) == 3
    assert titles(client.get("/?page=2").text)[0] == "Post 3"


def test_lists_show_whole_texts(client: Client, make_post: MakePost, set_site: SetSite) -> None:
    first, second = (make_post(title, body=LONG, summary="In short.") for title in ("A", "B"))
    assert "The rest" not in client.get("/").text
    set_site(list_text="whole")
    page = client.get("/").text
    assert page.count("The rest") == 2
    assert "In short." in page
    ids = fromstring(page).xpath("//@id")
    assert len(ids) == len(set(ids))
    for post in (first, second):
        assert f'href="{post.get_absolute_url()}#fn-1"' in page


def test_code_in_whole_texts_is_coloured(
    client: Client, make_post: MakePost, set_site: SetSite
) -> None:
    make_post(body='Look:\n\n```python\nx = "<a id=\\"b\\">"\n```\n')
    set_site(list_text="whole")
    page = client.get("/").text
    assert "css/code.css" in page
    assert "id=" in fromstring(page).find_class("entry-text")[0].text_content()


def test_feeds_have_as_many_posts_as_is_set(
    client: Client, many_posts: Any, set_site: SetSite, django_assert_max_num_queries: Any
) -> None:
    many_posts(60)
    set_site(feed_items=40)
    for feed in ("/feed/", "/feed/atom/", "/feed/json/"):
        with django_assert_max_num_queries(4):
            answer = client.get(feed)
        assert answer.text.count("Post ") >= 40
    assert client.get("/feed/").text.count("<item>") == 40


def test_feeds_hold_the_excerpt_alone(
    client: Client, make_post: MakePost, set_site: SetSite
) -> None:
    post = make_post("Long", body=LONG, language="nl")
    make_post("Short", body="Just this.")
    assert "The rest" in client.get("/feed/").text
    set_site(feed_text="excerpt")
    for feed in ("/feed/", "/feed/atom/", "/feed/json/"):
        text = client.get(feed).text
        assert "The rest" not in text
        assert "First paragraph." in text
        assert "Just this." in text
    feed = client.get("/feed/").text
    assert f'<a href="http://testserver{post.get_absolute_url()}">Verder lezen</a>' in feed
    assert feed.count("Verder lezen") == 1


def test_a_reader_that_has_the_feed_gets_it_again_once_it_holds_something_else(
    client: Client, make_post: MakePost, set_site: SetSite, time_machine: Any
) -> None:
    make_post(body=LONG)
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    first = client.get("/feed/")
    known = {"if-modified-since": first["Last-Modified"]}
    assert client.get("/feed/", headers=known).status_code == 304
    set_site(feed_text="excerpt")
    time_machine.shift(10)
    assert client.get("/feed/", headers=known).status_code == 200
    assert client.get("/feed/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_replies_are_taken_as_is_set(
    client: Client, make_post: MakePost, set_site: SetSite
) -> None:
    reply = f"{make_post().get_absolute_url()}reply/"
    assert client.get(reply).status_code == 200
    set_site(reply_policy="closed")
    assert client.get(reply).status_code == 403
    set_site(reply_policy="open", close_after=3)
    old = make_post("Old", at=timezone.now() - timedelta(days=4)).get_absolute_url()
    assert client.get(f"{old}reply/").status_code == 403
    assert client.get(reply).status_code == 200


@pytest.mark.parametrize("mails", ["each", "daily", "none"])
def test_authors_and_moderators_hear_as_is_set(
    make_post: MakePost,
    make_user: MakeUser,
    send: Send,
    set_site: SetSite,
    mailbox: Mailbox,
    mails: str,
) -> None:
    ada = make_user("ada", role=Role.AUTHOR)
    make_user("mo", role=Role.MODERATOR)
    post = make_post(authors=[ada.author])
    mailbox()
    set_site(author_mails=mails, moderator_mails=mails, reply_policy="held")
    send(post)
    told = {str(mail["To"]) for mail in mailbox()}
    assert told == ({"ada@example.org", "mo@example.org"} if mails == "each" else set())


def test_nobody_makes_an_account_if_none_are_made(
    client: Client, set_site: SetSite, make_user: MakeUser
) -> None:
    form = {
        "email": "kim@example.org",
        "username": "kim",
        "password1": "a long word",
        "password2": "a long word",
    }
    set_site(sign_up="nobody")
    assert "not made here" in client.get("/accounts/signup/").text
    client.post("/accounts/signup/", form)
    assert not User.objects.filter(username="kim").exists()
    assert "/accounts/signup/" not in client.get("/accounts/login/").text
    set_site(sign_up="anybody")
    assert "/accounts/signup/" in client.get("/accounts/login/").text
    client.post("/accounts/signup/", form)
    assert User.objects.filter(username="kim").exists()


@pytest.mark.parametrize("sign_up", ["anybody", "nobody"])
def test_a_mail_to_a_stranger_invites_as_is_set(
    client: Client, set_site: SetSite, mailbox: Mailbox, sign_up: str
) -> None:
    set_site(sign_up=sign_up)
    client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    (mail,) = mailbox()
    assert ("/accounts/signup/" in mail.get_content()) == (sign_up == "anybody")


@pytest.mark.parametrize(
    ("address", "sender"),
    [("", "The Heron <noreply@localhost>"), ("blog@example.org", "The Heron <blog@example.org>")],
)
def test_mails_come_from_the_site_s_name_and_address(
    client: Client, set_site: SetSite, mailbox: Mailbox, address: str, sender: str
) -> None:
    set_site(name="The Heron", mail_address=address)
    client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    (mail,) = mailbox()
    assert mail["From"] == sender
    assert str(mail["Subject"]).startswith("[The Heron] ")
    assert Mail.objects.get().sender == sender


def test_the_sender_that_the_environment_fixes(
    client: Client, set_site: SetSite, mailbox: Mailbox, settings: Any
) -> None:
    settings.PARLEY_MAIL_FROM = "Hosts <hosts@example.org>"
    set_site(name="The Heron")
    client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert [mail["From"] for mail in mailbox()] == ["Hosts <hosts@example.org>"]
