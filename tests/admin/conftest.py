"""One thing of each kind that the admin keeps, belonging to somebody or to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db.models import Model

from accounts.models import Author, User
from background.models import Task
from blog.models import Category, Post, Series, Tag
from comments.models import Comment
from comments.verbs.posting import post_comment
from images.models import Image
from moderation.models import Decision, Rule
from outbox.tasks import deliver

NUMBERS = count(1)


@pytest.fixture
def make_thing(make_user: Any, make_post: Any, make_image: Any) -> Callable[..., Any]:
    """make_thing(Post, ada) -> a new post of Ada's; without an owner, of somebody else's."""

    def draft_of(owner: User | None, *, live: bool = False, **fields: Any) -> Post:
        authors = [author_of(owner)] if owner else []
        post: Post = make_post(f"Post {next(NUMBERS)}", authors=authors, live=live, **fields)
        return post

    def author_of(owner: User | None) -> Author:
        if owner:
            return Author.objects.get_or_create(user=owner, defaults={"name": str(owner)})[0]
        return Author.objects.create(name=f"Author {next(NUMBERS)}")

    def image_of(owner: User | None) -> Image:
        image: Image = make_image(alt="A field")
        Image.objects.filter(pk=image.pk).update(uploaded_by=owner)
        return image

    def reply_under(owner: User | None) -> Comment:
        post = draft_of(owner, live=True, conversation={"policy": "held"})
        return post_comment(
            post=post,
            body=f"No {next(NUMBERS)}.",
            language="en",
            name="Wim",
            email="wim@example.org",
        )

    makers: dict[type[Model], Callable[[User | None], Model]] = {
        User: lambda owner: owner or make_user(f"user{next(NUMBERS)}"),
        Author: author_of,
        Image: image_of,
        Post: draft_of,
        Comment: reply_under,
        Rule: lambda owner: Rule.objects.create(
            kind="word", value=f"w{next(NUMBERS)}", effect="hold"
        ),
        Decision: lambda owner: Decision.objects.create(
            comment=reply_under(owner), was="pending", decision="approved"
        ),
        Task: lambda owner: Task.objects.get(pk=deliver.enqueue(next(NUMBERS)).id),
        Category: lambda owner: Category.objects.create(name="News", slug=f"c{next(NUMBERS)}"),
        Series: lambda owner: Series.objects.create(title="Talks", slug=f"s{next(NUMBERS)}"),
        Tag: lambda owner: Tag.objects.create(name=f"T{next(NUMBERS)}", slug=f"t{next(NUMBERS)}"),
    }

    def make(model: type[Model], owner: User | None = None, *, live: bool = False) -> Any:
        return draft_of(owner, live=True) if live else makers[model](owner)

    return make
