"""Posts of the two nights a year on which the clocks change, in Europe/Amsterdam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from accounts.models import User
from accounts.roles import Role
from blog.models import Post
from moderation.models import Rule
from tests.conftest import MakePost, MakeUser
from tests.desk.conftest import Submit

ADD = "/admin/blog/post/add/"
# On 30 October 2011 clocks show 02:30 at 00:30 UTC, and once more at 01:30 UTC.
FIRST, SECOND = (datetime(2011, 10, 30, hour, 30, 15, 250_000, UTC) for hour in (0, 1))
DOUBLED = {"published_at_0": "2011-10-30", "published_at_1": "02:30:15"}
SKIPPED = {"published_at_0": "2011-03-27", "published_at_1": "02:30"}


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


@pytest.mark.parametrize("moment", [FIRST, SECOND])
@pytest.mark.parametrize("button", ["_save", "_publish", "_withdraw", "_draft"])
def test_an_unchanged_date_keeps_its_moment(
    desk: Client, submit: Submit, ada: User, make_post: MakePost, moment: datetime, button: str
) -> None:
    post = make_post("Night", authors=[ada.author], at=moment)
    answer = submit(desk, change(post), button=button, title="Late night")
    assert answer.status_code == 302
    assert "first of the two" not in desk.get("/admin/").text
    post.refresh_from_db()
    assert (post.title, post.published_at) == ("Late night", moment)


def test_a_date_that_is_typed_twice_a_night_is_the_first_and_said_so(
    desk: Client, submit: Submit
) -> None:
    submit(desk, ADD, button="_publish", title="Night", body="Words.", **DOUBLED)
    post = Post.objects.get()
    assert post.published_at == FIRST.replace(microsecond=0)
    assert "it is 02:30 twice. The first of the two was taken." in desk.get(change(post)).text


def test_a_time_that_is_skipped_is_refused_at_its_field(desk: Client, submit: Submit) -> None:
    page = submit(desk, ADD, button="_publish", title="Night", body="Precious.", **SKIPPED)
    assert "There is no such time on that day" in page.text
    assert "Precious." in page.text
    assert not Post.objects.exists()


@pytest.mark.parametrize("time", ["01:59:59", "03:00"])
def test_the_times_beside_it_are_taken(desk: Client, submit: Submit, time: str) -> None:
    submit(desk, ADD, button="_publish", title="N", body="W.", **SKIPPED | {"published_at_1": time})
    assert Post.objects.get().published_at == datetime(2011, 3, 27, 1, tzinfo=UTC) - timedelta(
        seconds=time != "03:00"
    )


def test_a_schedule_in_the_doubled_hour_is_kept(
    desk: Client, submit: Submit, time_machine: Any
) -> None:
    time_machine.move_to(FIRST - timedelta(minutes=10))
    submit(desk, ADD, button="_publish", title="Night", body="Words.", **DOUBLED)
    post = Post.objects.get()
    assert post.state == "scheduled"
    assert Client().get(post.get_absolute_url()).status_code == 404
    time_machine.move_to(FIRST + timedelta(minutes=1))
    assert Client().get(post.get_absolute_url()).status_code == 200


def test_lists_feeds_and_sitemaps_tell_the_two_apart(client: Client, make_post: MakePost) -> None:
    first, second = make_post("First", at=FIRST), make_post("Second", at=SECOND)
    assert {first.address, second.address} == {"2011/10/first", "2011/10/second"}
    for page in ("/", "/2011/", "/2011/10/"):
        text = client.get(page).text
        assert text.index("Second") < text.index("First"), "the newest first"
        assert "2011-10-30T02:30:15+02:00" in text
        assert "2011-10-30T02:30:15+01:00" in text
    atom = etree.fromstring(client.get("/feed/atom/").content)
    published = [one.text for one in atom.iter("{http://www.w3.org/2005/Atom}published")]
    assert [datetime.fromisoformat(str(one)).timestamp() for one in published] == [
        pytest.approx(moment.timestamp(), abs=1) for moment in (SECOND, FIRST)
    ]
    assert "/2011/10/" in client.get("/sitemap-archives.xml").text


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2011, 10, 31, 22, 59, 59, tzinfo=UTC), "10"),
        (datetime(2011, 10, 31, 23, 0, tzinfo=UTC), "11"),
        (datetime(2011, 3, 31, 21, 59, 59, tzinfo=UTC), "03"),
        (datetime(2011, 3, 31, 22, 0, tzinfo=UTC), "04"),
    ],
)
def test_months_end_where_the_sites_clocks_say(
    client: Client, make_post: MakePost, moment: datetime, month: str
) -> None:
    post = make_post("Border", at=moment)
    assert post.address == f"2011/{month}/border"
    assert "Border" in client.get(f"/2011/{month}/").text
    assert f"/2011/{month}/" in client.get("/sitemap-archives.xml").text
    assert f'href="/2011/{month}/"' in client.get("/archive/").text


def test_the_desk_finds_both_by_their_day(
    client: Client, make_user: MakeUser, make_post: MakePost
) -> None:
    make_post("First", at=FIRST)
    make_post("Second", at=SECOND)
    make_post("Spring", at=datetime(2011, 3, 27, 1, 30, tzinfo=UTC))
    client.force_login(make_user("edda", role=Role.EDITOR))
    day = "published_at__year=2011&published_at__month=10&published_at__day=30"
    page = client.get(f"/admin/blog/post/?{day}").text
    assert ">First<" in page
    assert ">Second<" in page
    assert ">Spring<" not in page
    spring = day.replace("10&", "3&").replace("30", "27")
    assert ">Spring<" in client.get(f"/admin/blog/post/?{spring}").text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2027-10-31T02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-03-28T02:30", None),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_a_rule_may_end_in_such_a_night(
    client: Client,
    mo: User,
    time_machine: Any,
    typed: str,
    stored: datetime | None,
) -> None:
    time_machine.move_to(datetime(2027, 1, 1, tzinfo=UTC))
    client.force_login(mo)
    address = "/admin/comments/rule/add/"
    data = {"kind": "word", "value": "casino", "effect": Rule.Effect.values[0]}
    page = client.post(address, data | {"expires_at": typed, "save": "1"})
    rule = Rule.objects.first()
    assert (rule and rule.expires_at) == stored
    assert stored or "There is no such time" in page.text
