"""Parked work, as the person who runs the site sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from background.queue import GiveUp, task
from tests.conftest import MakeUser

pytestmark = pytest.mark.django_db
LIST = "/admin/background/task/"
ills = [GiveUp("the paper is out")]
done: list[str] = []


@task()
def print_page(word: str) -> None:
    if ills:
        raise ills[0]
    done.append(word)


@pytest.fixture
def root(client: Client, make_user: MakeUser) -> Client:
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    return client


def test_what_is_parked_is_listed_with_its_problem_and_runs_again(
    root: Client, run_tasks: Callable[[], Any]
) -> None:
    result = print_page.enqueue("tea")
    run_tasks()
    page = root.get(LIST).text
    assert "print page" in page
    assert "the paper is out" in page
    assert "Traceback" in root.get(f"{LIST}{result.id}/change/").text
    ills.clear()
    answer = root.post(
        LIST, {"action": "run_again", "_selected_action": [str(result.id)]}, follow=True
    )
    assert "1 task runs again." in answer.text
    run_tasks()
    assert done == ["tea"]
    assert "print page" not in root.get(LIST).text
    assert "print page" in root.get(f"{LIST}?state=all").text


@pytest.mark.parametrize(
    ("query", "chosen"), [("", "parked"), ("?state=parked", "parked"), ("?state=all", "all")]
)
def test_the_filter_shows_what_is_listed_as_chosen(root: Client, query: str, chosen: str) -> None:
    page = html.fromstring(root.get(LIST + query).text)
    choices = page.xpath("//details[@data-filter-title='state']//li")
    assert [one.text_content().strip() for one in choices] == ["parked", "all"]
    assert [one.text_content().strip() for one in choices if one.get("class")] == [chosen]


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    root: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        print_page.enqueue("tea")
    with django_assert_max_num_queries(6):
        assert root.get(f"{LIST}?state=all").status_code == 200


def test_nobody_edits_the_queue(root: Client) -> None:
    result = print_page.enqueue("tea")
    assert root.get(f"{LIST}add/").status_code == 403
    assert root.post(f"{LIST}{result.id}/delete/", {"post": "yes"}).status_code == 403
    assert root.post(f"{LIST}{result.id}/change/", {"name": "x"}).status_code == 403
