"""The log of decisions: who reads it, and that nobody changes it, not even past the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from comments.models import Comment, Status
from moderation.deciding import decide
from moderation.models import Decision
from tests.conftest import MakeUser
from tests.moderators import QUEUE
from tests.replies import MakeReply

LOG = "/admin/comments/decision/"


@pytest.fixture
def line(post: Post, make_reply: MakeReply, mo: User) -> Decision:
    comment = make_reply(post, name="Rob")
    decide(comments=[comment], decision=Status.SPAM, by=mo, note="Sells pears")
    return Decision.objects.get(decision="spam")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("by", None),
        ("was", "spam"),
        ("decision", "approved"),
        ("at", timezone.now()),
        ("note", "Nothing to see"),
        ("batch", None),
        ("version", 12),
    ],
)
def test_the_database_refuses_to_change_a_line(line: Decision, field: str, value: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=line.pk).update(**{field: value})
    assert getattr(Decision.objects.get(pk=line.pk), field) == getattr(line, field)


def test_the_database_refuses_to_give_a_line_to_somebody_else(
    line: Decision, post: Post, make_reply: MakeReply, make_user: MakeUser
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=line.pk).update(by=make_user("eve"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=line.pk).update(comment=make_reply(post))


def test_an_account_that_decided_is_not_deleted(
    client: Client, line: Decision, make_user: MakeUser
) -> None:
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    delete = f"/admin/accounts/user/{line.by_id}/delete/"
    assert "protected" in client.get(delete).text
    client.post(delete, {"post": "yes"})
    people = {"action": "delete_selected", "_selected_action": line.by_id, "post": "yes"}
    client.post("/admin/accounts/user/", people)
    assert User.objects.filter(username="mo").exists()
    assert "approved → spam" in client.get(LOG).text


def test_a_line_goes_only_with_its_reply(line: Decision) -> None:
    Comment.objects.get(pk=line.comment_id).delete()
    assert not Decision.objects.filter(pk=line.pk).exists()


def test_moderators_read_who_decided_what_and_filter_it(
    client: Client, line: Decision, make_user: MakeUser
) -> None:
    client.force_login(User.objects.get(username="mo"))
    page = client.get(LOG).text
    for part in ("approved → spam", "Sells pears", "Rob on “Apples and pears”"):
        assert part in page
    assert "Sells pears" in client.get(f"{LOG}?by={line.by_id}&decision__exact=spam").text
    assert "Sells pears" not in client.get(f"{LOG}?by=nobody").text
    assert "Sells pears" not in client.get(f"{LOG}?decision__exact=approved").text
    assert client.get(f"{LOG}?by=x").status_code == 200
    assert "Sells pears" in client.get(f"{LOG}{line.pk}/change/").text


@pytest.mark.parametrize("number", [2, 20])
def test_the_log_takes_the_same_queries_however_long_it_is(
    client: Client,
    post: Post,
    make_reply: MakeReply,
    mo: User,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(number):
        decide(comments=[make_reply(post, f"No. {n}")], decision=Status.SPAM, by=mo)
    client.force_login(mo)
    with django_assert_max_num_queries(8):
        assert client.get(LOG).text.count("approved → spam") == number


def test_not_even_a_superuser_adds_changes_or_deletes_a_line(
    client: Client, line: Decision
) -> None:
    client.force_login(User.objects.create_superuser("root", "root@example.org", "correct horse"))
    assert client.get(f"{LOG}add/").status_code == 403
    assert client.get(f"{LOG}{line.pk}/delete/").status_code == 403
    client.post(f"{LOG}{line.pk}/change/", {"note": "Nothing"})
    client.post(LOG, {"action": "delete_selected", "_selected_action": line.pk, "post": "yes"})
    line.refresh_from_db()
    assert line.note == "Sells pears"


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.CONTRIBUTOR])
def test_others_do_not_read_the_log(
    client: Client, line: Decision, make_user: MakeUser, role: Role
) -> None:
    client.force_login(make_user("cy", role=role))
    assert client.get(LOG).status_code == 403
    assert "Decisions" not in client.get("/admin/").text


def test_a_line_can_be_undone_from_the_log_once(client: Client, line: Decision) -> None:
    client.force_login(User.objects.get(username="mo"))
    assert f'value="{line.batch}"' in client.get(LOG).text
    answer = client.post(f"{QUEUE}undo/", {"batch": line.batch, "next": LOG})
    assert answer["Location"] == LOG
    page = client.get(LOG).text
    assert "1 reply is back as it was." in page
    assert "undone" in page
    assert f'value="{line.batch}"' not in page
