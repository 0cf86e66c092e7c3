"""What spam says everywhere."""

from __future__ import annotations

import pytest

from blog.models import Post
from spam.rules.known_bad import read_list
from spam.words import reasons
from tests.spam.conftest import Fill, Found


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Where to BUY... Viagra?", 3),
        ("Buy viagra at https://pills.example", 5),
        ("Buy Viagra, the payday loan among pills, in our online casino.", 6),
        ("Kredit ohne Schufa!", 3),
        ("Read this: https://bit.ly/abc", 2),
        ("[url=https://a.example]a[/url]", 3),
        ('<A HREF="https://a.example">a</a>', 3),
    ],
)
def test_listed_phrases_domains_and_foreign_markup_count(
    post: Post, fill: Fill, found: Found, text: str, score: int
) -> None:
    assert found(fill(post, text)) == {"known_bad": score}


def test_the_name_is_read_too(post: Post, fill: Fill, found: Found) -> None:
    assert found(fill(post, "Nice.", name="Online Casino")) == {"known_bad": 3}


@pytest.mark.parametrize(
    "text",
    ["Ik kook zonder recept.", "She bought it; viagra was not yet known.", "The bit.lying man"],
)
def test_what_people_say_is_not_listed(post: Post, fill: Fill, text: str) -> None:
    assert fill(post, text).findings == []


def test_what_was_found_is_named(post: Post, fill: Fill) -> None:
    comment = fill(post, "Buy viagra [url=https://bit.ly/x]here[/url]")
    (reason,) = reasons(comment)
    assert reason.words == (
        "it contains what spam contains: “buy viagra”, “bit.ly”, links in the markup of other sites"
    )


def test_every_listed_phrase_can_be_found() -> None:
    assert all(read_list()["phrase"])
