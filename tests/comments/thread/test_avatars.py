"""The small pictures beside replies: one for each person, the same in every mirror, and telling nothing."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Author, User
from blog.models import Post
from comments.avatars import avatar_colour, avatar_path, avatar_seed
from comments.models import Status
from moderation.deciding import decide
from tests.comments.thread.test_threads import replies_on
from tests.conftest import MakeUser
from tests.replies import MakeReply

SEEDS = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)
CORNERS = {"h1a": (0, 0), "v1a": (1, 0), "h-1a": (1, 1), "v-1a": (0, 1)}
PATCH = re.compile(r"M(\d) (\d)(h1a|v1a|h-1a|v-1a|h1v1)")


def drawn(path: str) -> set[tuple[int, int, tuple[int, int] | None]]:
    """Each patch as (column, row, the corner its disc is centred on or None for a whole patch)."""
    found = set()
    for x, y, outline in PATCH.findall(path):
        corner = CORNERS.get(outline)
        dx, dy = corner or (0, 0)
        found.add((int(x) - dx, int(y) - dy, corner))
    return found


@given(SEEDS)
def test_a_picture_is_its_own_mirror_image_both_ways(seed: str) -> None:
    patches = drawn(avatar_path(seed))
    across = {(3 - x, y, c and (1 - c[0], c[1])) for x, y, c in patches}
    down = {(x, 3 - y, c and (c[0], 1 - c[1])) for x, y, c in patches}
    assert patches == across == down
    assert all(0 <= x <= 3 and 0 <= y <= 3 for x, y, _corner in patches)


@given(SEEDS)
def test_a_colour_is_one_of_six_classes(seed: str) -> None:
    assert re.fullmatch("c[0-5]", avatar_colour(seed))


def test_a_person_keeps_their_picture_and_others_have_others() -> None:
    wim = avatar_seed(user_id=None, email="Wim@example.org")
    assert wim == avatar_seed(user_id=None, email="wim@example.org")
    assert wim != avatar_seed(user_id=None, email="ria@example.org")
    assert avatar_seed(user_id=1, email="") != avatar_seed(user_id=2, email="")


def test_an_author_with_a_portrait_shows_it_in_the_place_of_a_picture_of_ours(
    client: Client, led: Post, make_reply: MakeReply, django_assert_num_queries: Any
) -> None:
    ada = Author.objects.get(user__username="ada")
    make_reply(led, name="Wim")
    client.get(led.get_absolute_url())
    with CaptureQueriesContext(connection) as before:
        client.get(led.get_absolute_url())
    Author.objects.filter(pk=ada.pk).update(portrait="portraits/a b.webp")
    for _time in range(3):
        make_reply(led, user=ada.user)
    with django_assert_num_queries(len(before)):
        rows = replies_on(client.get(led.get_absolute_url()))
    assert [bool(row.xpath(".//svg")) for row in rows] == [True, False, False, False]
    pictures = [row.xpath("string(.//img/@src)") for row in rows]
    assert pictures == [""] + ["/media/portraits/a%20b-128.webp"] * 3
    assert rows[1].xpath("string(.//img/@alt)") == ""


def test_a_reader_with_a_portrait_shows_it_and_a_byline_s_own_wins(
    client: Client, led: Post, make_user: MakeUser, make_author: Any, make_reply: MakeReply
) -> None:
    mina = make_user("mina")
    make_reply(led, name="Wim")
    make_reply(led, user=mina)
    make_reply(led, user=make_user("eve"))

    def pictures() -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            rows = replies_on(client.get(led.get_absolute_url()))
        numbers.append(len(asked))
        return [row.xpath("string(.//img/@src)") for row in rows]

    numbers: list[int] = []
    client.get(led.get_absolute_url())
    assert pictures() == ["", "", ""]
    User.objects.filter(pk=mina.pk).update(portrait="portraits/mina.webp")
    assert pictures() == ["", "/media/portraits/mina-128.webp", ""]
    byline = make_author("Mina V.", user=mina)
    assert pictures() == ["", "/media/portraits/mina-128.webp", ""]
    Author.objects.filter(pk=byline.pk).update(portrait="portraits/byline.webp")
    assert pictures() == ["", "/media/portraits/byline-128.webp", ""]
    assert len(set(numbers)) == 1, "no question more is asked for portraits"


def test_a_reply_that_is_not_shown_shows_no_face(
    client: Client, led: Post, make_user: MakeUser, make_reply: MakeReply
) -> None:
    mina = make_user("mina", portrait="portraits/mina.webp")
    removed = make_reply(led, user=mina)
    make_reply(led, parent=removed)
    decide(comments=[removed], decision=Status.REMOVED, by=None)
    page = client.get(led.get_absolute_url()).text
    assert "This reply was removed by a moderator." in page
    assert "portraits/" not in page


def test_a_seed_made_under_another_key_is_another(settings: object) -> None:
    before = avatar_seed(user_id=1, email="")
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert avatar_seed(user_id=1, email="") != before
