"""Making rules: what is typed is checked, what it would have caught is shown, and then it is saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Author, User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment
from moderation.models import Rule
from tests.conftest import MakePost, MakeUser
from tests.moderators import QUEUE
from tests.replies import MakeReply

pytestmark = pytest.mark.usefixtures("desk")
RULES = "/admin/comments/rule/"
ADD = f"{RULES}add/"


def typed(kind: str = "word", value: str = "casino", **more: str) -> dict[str, str]:
    return {"kind": kind, "value": value, "language": "", "effect": "ban", "note": ""} | more


def fields_of(page: Any) -> dict[str, str]:
    """What the page's form would send, as a browser has it."""
    (form,) = html.fromstring(page.text).xpath("//form[contains(@class, 'rule-form')]")
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_a_rule_is_saved_in_two_steps(desk: Client, mo: User) -> None:
    page = desk.post(ADD, typed(value="  CASINO   Royale "))
    assert "this would have caught 0 replies" in page.text
    assert not Rule.objects.exists()
    answer = desk.post(ADD, fields_of(page) | {"save": "1"}, follow=True)
    rule = Rule.objects.get()
    assert (rule.kind, rule.value, rule.effect) == ("word", "casino royale", "ban")
    assert rule.created_by == mo
    assert "The rule stands." in answer.text


@pytest.mark.parametrize(
    ("typed_as", "hour"),
    [("10:00", 9), ("10:00+05:00", 5), ("10:00-05:00", 15), ("10:00Z", 10), ("10:00+00:00", 10)],
)
def test_a_moment_with_an_offset_of_its_own_is_that_moment(
    client: Client, typed_as: str, hour: int
) -> None:
    client.post(ADD, typed(expires_at=f"2030-01-01T{typed_as}", save="1"))
    assert Rule.objects.get().expires_at == datetime(2030, 1, 1, hour, tzinfo=UTC)


def test_the_first_step_shows_what_it_would_have_caught(
    client: Client, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    now = timezone.now()
    for n in range(25):
        at = now - timedelta(hours=n)
        make_reply(post, f"Casino No. {n}.", email=f"{n}@example.org", at=at)
    make_reply(post, "An old casino.", at=now - timedelta(days=31))
    make_reply(post, "A moderator's casino.", user=User.objects.get(username="mo"))
    page = client.post(ADD, typed())
    assert "this would have caught 25 replies" in page.text
    shown = html.fromstring(page.text).xpath("//ol[@class='rule-catch']/li")
    assert len(shown) == 20
    assert "Casino No. 0." in shown[0].text_content()
    newest = Comment.objects.get(body="Casino No. 0.")
    assert f"{QUEUE}{newest.pk}/change/" in page.text


def test_one_goes_back_and_finds_what_was_typed(client: Client) -> None:
    page = client.post(ADD, typed(note="Gambling"))
    back = client.post(ADD, fields_of(page) | {"back": "1"})
    assert fields_of(back)["value"] == "casino"
    assert fields_of(back)["note"] == "Gambling"
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("account", "nobody", "Nobody has this user name."),
        ("account", "MO", "This is a moderator, whom no rule keeps out."),
        ("email", "wim", "Enter a valid email address."),
        ("email", "*@", "Enter a domain such as example.org."),
        ("domain", "com", "Enter a domain such as example.org."),
        ("domain", "http://[", "Enter a domain such as example.org."),
        ("domain", "a b.example", "Enter a domain such as example.org."),
        ("word", "!!", "Enter a word with at least one letter or digit."),
        ("word", "", "This field is required."),
        ("word", "x" * 300, "at most 254 characters"),
        ("address", "ab" * 16, "Select a valid choice."),
        ("nonsense", "x", "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    client: Client, kind: str, value: str, message: str
) -> None:
    page = client.post(ADD, typed(kind, value) | {"save": "1"})
    assert page.status_code == 422
    assert message in page.text
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("account", "Eve", "eve"),
        ("email", " Wim@Example.ORG ", "wim@example.org"),
        ("email", "*@Spam.example", "*@spam.example"),
        ("domain", "https://www.spam.example/path", "www.spam.example"),
        ("domain", "MÜNCHEN.example.", "xn--mnchen-3ya.example"),
    ],
)
def test_values_are_kept_in_one_form(
    client: Client, make_user: MakeUser, kind: str, value: str, kept: str
) -> None:
    make_user("eve")
    client.post(ADD, typed(kind, value) | {"save": "1"})
    assert Rule.objects.get().value == kept


def test_there_is_one_rule_about_a_thing(client: Client) -> None:
    Rule.objects.create(kind="word", value="casino", effect="hold")
    assert "There is a rule about this already." in client.post(ADD, typed()).text
    assert client.post(ADD, typed(language="nl")).status_code == 200


def test_a_moment_that_is_over_is_refused(client: Client) -> None:
    page = client.post(ADD, typed(expires_at="2020-01-01T00:00"))
    assert "This moment is over already." in page.text


def test_a_rule_is_changed_in_the_same_two_steps(client: Client) -> None:
    rule = Rule.objects.create(kind="word", value="casino", effect="hold")
    address = f"{RULES}{rule.pk}/change/"
    assert fields_of(client.get(address))["value"] == "casino"
    page = client.post(address, typed(value="roulette", effect="mute"))
    rule.refresh_from_db()
    assert rule.value == "casino"
    client.post(address, fields_of(page) | {"save": "1"})
    rule.refresh_from_db()
    assert (rule.value, rule.effect) == ("roulette", "mute")


# --- from a reply ---


def test_the_writer_of_a_reply_is_known_by_a_trait_that_one_chooses(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post, name="Rob", email="rob@spam.example", address="192.0.2.7")
    page = client.get(f"{ADD}?reply={reply.pk}")
    for trait in (
        "the e-mail address rob@spam.example",
        "everything of the domain spam.example",
        f"the network address of reply {reply.pk}",
    ):
        assert trait in page.text
    assert reply.address_hash
    assert reply.address_hash not in page.text
    sent = fields_of(page) | {"trait": f"address:{reply.pk}"}
    shown = client.post(f"{ADD}?reply={reply.pk}", sent)
    assert "this would have caught 1 reply" in " ".join(shown.text.split())
    assert reply.address_hash not in shown.text
    answer = client.post(f"{ADD}?reply={reply.pk}", fields_of(shown) | {"save": "1"})
    assert answer["Location"] == f"{QUEUE}#reply-{reply.pk}"
    rule = Rule.objects.get()
    assert (rule.kind, rule.value, rule.effect) == ("address", reply.address_hash, "ban")
    assert reply.address_hash not in client.get(RULES).text
    assert reply.address_hash not in client.get(f"{RULES}{rule.pk}/change/").text


def test_a_rule_that_was_just_made_can_be_undone(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post, name="Rob", email="rob@spam.example")
    address = f"{ADD}?reply={reply.pk}"
    page = client.post(address, fields_of(client.get(address)) | {"save": "1"}, follow=True)
    rule = Rule.objects.get()
    assert f'form="undo" name="rule" value="{rule.pk}"' in page.text
    answer = client.post(f"{QUEUE}undo/", {"rule": rule.pk}, follow=True)
    assert "The rule is gone." in answer.text
    assert not Rule.objects.exists()


@pytest.mark.parametrize("reply", ["0", "x", "9" * 18, "-1", "\x00"])
def test_a_reply_that_is_none_has_no_form(client: Client, reply: str) -> None:
    assert client.get(ADD, {"reply": reply}).status_code in {400, 404}


def test_what_is_kept_beside_a_rule_names_nobody(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    """Django's log of the admin outlives the rule, and a note its own reply."""
    reply = make_reply(post, name="Rob", email="rob@spam.example")
    address = f"{ADD}?reply={reply.pk}"
    assert fields_of(client.get(address))["note"] == f"Reply {reply.pk}"
    client.post(address, fields_of(client.get(address)) | {"save": "1"})
    rule = Rule.objects.get()
    client.post(
        f"{RULES}{rule.pk}/change/", typed("email", "bob@spam.example", note="Why") | {"save": "1"}
    )
    client.post(f"{RULES}{rule.pk}/delete/", {"post": "yes"})
    many = [
        Rule.objects.create(kind="email", value=f"{n}@spam.example", effect="ban") for n in "ab"
    ]
    chosen = {"action": "delete_selected", "_selected_action": [rule.pk for rule in many]}
    client.post(RULES, chosen | {"post": "yes"})
    assert not Rule.objects.exists()
    entries = list(LogEntry.objects.values_list("object_repr", "change_message"))
    assert len(entries) == 5
    assert {text for text, _message in entries} == {"e-mail address"}
    assert "spam.example" not in str(entries)


def test_a_trait_of_another_reply_cannot_be_chosen(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    reply = make_reply(post, email="rob@spam.example")
    data = {"trait": "email:somebody@else.example", "effect": "ban", "save": "1"}
    assert client.post(f"{ADD}?reply={reply.pk}", data).status_code == 422
    assert not Rule.objects.exists()


# --- the list, and who may ---


@pytest.mark.parametrize("number", [2, 40])
def test_the_list_takes_the_same_queries_however_long_it_is(
    desk: Client, mo: User, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Rule.objects.bulk_create(
        Rule(kind="word", value=f"w{n}", effect="ban", created_by=mo) for n in range(number)
    )
    with django_assert_max_num_queries(7):
        assert desk.get(RULES).text.count(">word or phrase: w") == number


def test_a_rule_that_is_over_says_so(client: Client) -> None:
    past = timezone.now() - timedelta(days=1)
    Rule.objects.create(kind="word", value="casino", effect="ban", expires_at=past)
    assert "over since" in client.get(RULES).text


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.CONTRIBUTOR])
def test_others_make_no_rules(client: Client, make_user: MakeUser, role: Role) -> None:
    client.force_login(make_user("cy", role=role))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, typed() | {"save": "1"}).status_code == 403
    assert not Rule.objects.exists()


def test_only_who_makes_rules_is_offered_to_ban(
    client: Client, make_post: MakePost, make_reply: MakeReply, make_user: MakeUser
) -> None:
    ada = make_user("ada", role=Role.AUTHOR)
    make_reply(make_post("Mine", authors=[Author.objects.get(user=ada)]))
    queue = f"{QUEUE}?status=approved"
    assert "data-ban" in client.get(queue).text
    client.force_login(ada)
    assert "data-ban" not in client.get(queue).text
