"""What holds for a post whoever saves it: a form, a command, an import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Author
from blog import publishing
from blog.models import Post
from images.models import Image
from tests.conftest import MakePost


@pytest.mark.parametrize(
    ("lack", "problem"),
    [
        ({"title": "\u200b"}, "A post needs a title."),
        ({"body": "\u200b"}, "A post needs a text."),
        ({"bylines": []}, "A post needs an author."),
    ],
)
def test_what_lacks_something_is_refused_and_nothing_of_it_is_kept(
    make_author: Callable[..., Author], lack: dict[str, Any], problem: str
) -> None:
    whole = {"title": "Rain", "body": "Rain fell.", "bylines": [(make_author(), "author")]}
    given: dict[str, Any] = whole | lack
    post = Post(title=given["title"], body=given["body"], language="en")
    with pytest.raises(publishing.CannotPublish) as refused:
        publishing.publish(post=post, by=None, bylines=given["bylines"])
    assert refused.value.problems == [problem]
    assert not Post.objects.exists()


def test_a_lead_image_without_words_keeps_a_post_back(
    make_author: Callable[..., Author], make_image: Callable[..., Image]
) -> None:
    post = Post(title="Rain", body="Rain fell.", language="en", lead_image=make_image(alt=""))
    with pytest.raises(publishing.CannotPublish, match="has no alt text"):
        publishing.publish(post=post, by=None, bylines=[(make_author(), "author")])


def test_who_is_no_longer_an_author_leaves_the_page(
    client: Client, make_post: MakePost, make_author: Callable[..., Author]
) -> None:
    una, pim = make_author("Una Vos"), make_author("Pim Bos")
    post = make_post("Rain", authors=[una, pim])
    publishing.save_post(post=post, by=None, bylines=[(pim, "author")])
    page = client.get(post.get_absolute_url()).text
    assert "Pim Bos" in page
    assert "Una Vos" not in page
