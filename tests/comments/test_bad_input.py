"""What no browser of good will sends: a clear answer, never a 500, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from blog.models import Post
from comments.models import LONGEST_BODY, Comment, Status
from comments.models.paths import DEEPEST, SEGMENT
from tests.conftest import MakePost
from tests.replies import MakeReply, Send


@pytest.mark.parametrize(
    "to", ["x", "-1", "0", "1.5", "9" * 18, "9" * 40, "9" * 5000, "١", "\x00", "1 OR 1"]
)
def test_an_impossible_parent_is_an_error_in_the_form(post: Post, send: Send, to: str) -> None:
    answer = send(post, to=to, reply="Kept all the same.")
    assert answer.status_code == 422
    assert "Kept all the same." in answer.text
    assert "not there any more" in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("to", ["x", "-1", "9" * 18, "9" * 40])
def test_an_impossible_parent_has_no_form(client: Client, post: Post, to: str) -> None:
    assert client.get(f"/{post.address}/reply/", {"to": to}).status_code == 404


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED])
def test_a_reply_that_readers_do_not_see_cannot_be_answered(
    client: Client, post: Post, send: Send, make_reply: MakeReply, status: Status
) -> None:
    hidden = make_reply(post, "Hidden words.")
    Comment.objects.update(status=status)
    assert client.get(f"/{post.address}/reply/?to={hidden.pk}").status_code == 404
    answer = send(post, to=hidden.pk, reply="An answer to it.")
    assert answer.status_code == 422
    assert "An answer to it." in answer.text
    assert "Hidden words." not in answer.text
    preview = send(post, to=hidden.pk, reply="An answer to it.", preview="1")
    assert preview.status_code == 422
    assert "not there any more" in preview.text
    again = send(post, reply="An answer to it.")
    assert again.status_code == 303


def test_a_reply_under_another_post_cannot_be_answered_here(
    client: Client, post: Post, send: Send, make_post: MakePost, make_reply: MakeReply
) -> None:
    foreign = make_reply(make_post("Another"))
    assert client.get(f"/{post.address}/reply/?to={foreign.pk}").status_code == 404
    assert send(post, to=foreign.pk).status_code == 422


@pytest.mark.parametrize("field", ["reply", "name", "email", "website"])
def test_nul_bytes_are_an_error_in_the_form(post: Post, send: Send, field: str) -> None:
    assert send(post, **{field: "a\x00b"}).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("field", ["key", "to", "remember", "preview", "unknown"])
def test_nul_bytes_in_other_parameters_harm_nothing(post: Post, send: Send, field: str) -> None:
    assert send(post, **{field: "a\x00b"}).status_code < 500


def test_invalid_utf8_is_taken_as_replacement_characters(client: Client, post: Post) -> None:
    answer = client.post(
        f"/{post.address}/reply/",
        b"reply=%FF%FE%C3&name=W%FFm&email=wim%40example.org&key=%FF",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 303
    assert "\ufffd" in Comment.objects.get().body


@pytest.mark.parametrize("query", ["to=%FF", "to=%00", "fragment=%FF", "to[]=1"])
def test_odd_queries_are_answered(client: Client, post: Post, query: str) -> None:
    assert client.get(f"/{post.address}/reply/?{query}").status_code in {200, 400, 404}


def test_all_that_a_form_may_weigh_comes_back_whole(client: Client, post: Post) -> None:
    text, kind = "x" * 255 * 2**10, "application/x-www-form-urlencoded"
    address = f"/{post.address}/reply/"
    for answer in (
        client.post(address, {"reply": text}),
        client.post(address, f"reply={text}", content_type=kind),
    ):
        assert answer.status_code == 422
        assert text in answer.text


def test_a_body_over_the_limit_comes_back_whole(post: Post, send: Send) -> None:
    answer = send(post, reply="y" * (LONGEST_BODY + 1))
    assert answer.status_code == 422
    assert "y" * (LONGEST_BODY + 1) in answer.text


@pytest.mark.parametrize("body", [" ", "\u200b\u200b", "\u2060\n\ufeff"])
def test_a_body_of_which_nothing_is_seen_is_none(post: Post, send: Send, body: str) -> None:
    answer = send(post, reply=body)
    assert answer.status_code == 422
    assert "Please write something first." in answer.text


def test_marks_are_not_piled_up_over_other_replies(post: Post, send: Send) -> None:
    assert send(post, reply="Z" + "\u0301" * 3000 + "o\u0308").status_code == 303
    assert Comment.objects.get().body == "Z" + "\u0301" * 4 + "o\u0308"
    answer = send(post, name="Z" + "\u0301" * 50)
    assert answer.status_code == 422
    assert "at most four marks" in answer.text


@pytest.mark.parametrize("body", [">" * 9000, "[" * 9000, "*a_" * 3000, "- " * 4000, "`" * 9999])
def test_deep_markdown_is_taken_in_reasonable_time(post: Post, send: Send, body: str) -> None:
    assert send(post, reply=body).status_code in {303, 422}


@pytest.mark.parametrize("name", ["\u200b", "\u202etsiruen", "   ", "x" * 61, "a\nb"])
def test_names_that_show_nothing_or_turn_the_text_around_are_refused(
    post: Post, send: Send, name: str
) -> None:
    assert send(post, name=name).status_code == 422


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "data:text/html,x",
        "https:example.org",
        "http:///example.org/",
        "https:\\\\example.org",
        "https://example.org\\@example.com/",
    ],
)
def test_websites_are_web_addresses(post: Post, send: Send, website: str) -> None:
    assert send(post, website=website).status_code == 422


def test_markup_in_any_field_is_text(
    client: Client, post: Post, send: Send, make_reply: MakeReply
) -> None:
    make_reply(post, "<script>alert(1)</script> [x](javascript:alert(2))", name="<b>Eve</b>")
    page = client.get(post.get_absolute_url()).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<b>Eve</b>" not in page


@pytest.mark.parametrize(
    "name", ["<b>Eve</b>", '" onclick="x', "50 % %(body)s", "{{ id }} %s", "&lt;"]
)
def test_a_name_is_text_wherever_a_thread_shows_it(
    client: Client, post: Post, make_reply: MakeReply, name: str
) -> None:
    first = make_reply(post, "One.", name=name, website="https://example.org/?a=1&b='%22")
    make_reply(post, "Two.", name=name, parent=first)
    make_reply(post, "Three.", name="Bo", parent=first)
    tree = html.fromstring(client.get(f"{post.get_absolute_url()}?sort=newest").text)
    shown = [tree.xpath(f"string(//bdi[@id='by-{pk}'])") for pk in (first.pk, first.pk + 1)]
    assert shown == [name, name]
    assert tree.xpath("//p[@class='answered']//bdi/text()") == [name, name]
    labels = tree.xpath(f"//li[@id='comment-{first.pk}']//@aria-label")
    assert labels == [f"Reply to {name}", f"Thanks to {name}", f"Report the reply of {name}"]
    assert tree.xpath(f"//a[bdi[@id='by-{first.pk}']]/@href") == ["https://example.org/?a=1&b='%22"]


def test_answers_beyond_the_deepest_level_stand_beside_what_they_answer(
    client: Client, post: Post, make_reply: MakeReply
) -> None:
    above = None
    for level in range(DEEPEST + 3):
        above = make_reply(post, f"Level {level}.", parent=above)
    assert above is not None
    assert len(above.path) == DEEPEST * SEGMENT
    page = client.get(post.get_absolute_url()).text
    places = [page.index(f"Level {level}.") for level in range(DEEPEST + 3)]
    assert places == sorted(places)
    assert above.parent is not None
    assert above.parent.descendant_count == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, post: Post, method: str) -> None:
    assert getattr(client, method)(f"/{post.address}/reply/").status_code == 405


@pytest.mark.parametrize("where", ["follow", "find", "edit", "delete", "not mine"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_that_no_script_opens_in_place_is_always_a_whole_page(
    client: Client, post: Post, send: Send, make_reply: MakeReply, where: str, method: str
) -> None:
    send(post)
    mine, other = Comment.objects.get(), make_reply(post)
    address = {
        "follow": f"/{post.address}/follow/",
        "find": "/comments/find/",
        "edit": f"/comments/{mine.pk}/edit/",
        "delete": f"/comments/{mine.pk}/delete/",
        "not mine": f"/comments/{other.pk}/edit/",
    }[where]
    answer = getattr(client, method)(f"{address}?fragment=1")
    assert answer.status_code in {200, 303, 403, 422}
    assert answer.status_code == 303 or "</html>" in answer.text
