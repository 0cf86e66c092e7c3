"""One live post with everything a feed can say, and the feeds it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Author
from blog import publishing
from blog.models import Category, Post, Series
from images.models import Image


@pytest.fixture
def picture(make_image: Callable[..., Image]) -> Image:
    return make_image(
        width=800,
        height=600,
        alt="A dyke in fog",
        caption="The dyke near Lith",
        credit="Mila & Sons",
        credit_url="https://mila.example/",
        licence="cc-by-4.0",
    )


@pytest.fixture
def post(
    make_post: Callable[..., Post], make_author: Callable[..., Author], picture: Image
) -> Post:
    return make_post(
        "Mist & “water”",
        body=f"A [link](/about/), a [note](#h-end).\n\n![Fog](image:{picture.key})\n\n## End",
        summary="About fog.",
        language="nl",
        lead_image=picture,
        category=Category.objects.create(name="Water & land", slug="water"),
        series=Series.objects.create(title="Rivers", slug="rivers"),
        tags=["Zürich", "fog"],
        authors=[make_author("Ada Okafor"), make_author("Bo de Wit")],
    )


@pytest.fixture
def listings(post: Post) -> list[str]:
    """The addresses of every sort of page with feeds, each showing the post."""
    assert post.category
    assert post.series
    subjects: list[Any] = [post.category, post.series, *post.tags.all()]
    subjects += [byline.author for byline in post.bylines.all()]
    return ["/", "/languages/nl/", *(subject.get_absolute_url() for subject in subjects)]


def save(post: Post) -> Post:
    """Save the stored post with the fields changed on this one."""
    return publishing.save_post(post=post, by=None)
