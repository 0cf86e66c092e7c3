"""Loads posts and replies for this and other programs; README.md describes the file."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import Author
from blog.models import Byline, Post, Status, Tag, TaggedPost
from blog.saving.rendering import derive
from comments.avatars import avatar_seed
from comments.derived import derive_words
from comments.models import Comment
from comments.models import Status as ReplyStatus
from comments.models.paths import path_below
from comments.verbs import counting
from markup import render_reply

LANGUAGE = "en"
BATCH = 500
Rows = list[dict[str, Any]]


@transaction.atomic
def load(path: str) -> None:
    content = json.loads(Path(path).read_text(encoding="utf-8"))
    authors = {row["id"]: _author(row) for row in content["authors"]}
    tags = {row["id"]: _tag(row) for row in content["tags"]}
    posts = _load_posts(content["posts"], authors, tags)
    _load_comments(content["comments"], posts)
    counting.recount(posts=Post.objects.filter(pk__in=[post.pk for post in posts.values()]))


def _author(row: dict[str, Any]) -> Author:
    return Author.objects.create(name=row["name"], biography=row["bio"])


def _tag(row: dict[str, Any]) -> Tag:
    return Tag.objects.get_or_create(slug=row["slug"], defaults={"name": row["name"]})[0]


def _load_posts(rows: Rows, authors: dict[int, Author], tags: dict[int, Tag]) -> dict[int, Post]:
    posts = {row["id"]: _post(row) for row in rows}
    Post.objects.bulk_create(posts.values(), batch_size=BATCH)
    Byline.objects.bulk_create(
        Byline(post=posts[row["id"]], author=authors[row["author"]]) for row in rows
    )
    TaggedPost.objects.bulk_create(
        TaggedPost(content_object=posts[row["id"]], tag=tags[tag])
        for row in rows
        for tag in row["tags"]
    )
    return posts


def _post(row: dict[str, Any]) -> Post:
    at = datetime.fromisoformat(row["published"])
    post = Post(
        title=row["title"],
        slug=row["slug"],
        address=f"{timezone.localtime(at):%Y/%m}/{row['slug']}",
        language=LANGUAGE,
        summary=row["excerpt"],
        body=row["markdown"],
        status=Status.PUBLISHED,
        published_at=at,
        updated_at=at,
        version=1,
    )
    derive(post)
    return post


def _load_comments(rows: Rows, posts: dict[int, Post]) -> None:
    """Store the replies level by level: a reply needs its id before its answers can refer to it."""
    comments: dict[int, Comment] = {}
    levels: dict[int, list[Comment]] = {}
    for row in rows:
        comment = _comment(row, posts[row["post"]], comments.get(row["parent"]))
        comments[row["id"]] = comment
        levels.setdefault(comment.depth, []).append(comment)
    for depth in sorted(levels):
        Comment.objects.bulk_create(levels[depth], batch_size=BATCH)


def _comment(row: dict[str, Any], post: Post, above: Comment | None) -> Comment:
    at = datetime.fromisoformat(row["created"])
    uid = uuid5(NAMESPACE_OID, f"comment {row['id']}")
    comment = Comment(
        uid=uid,
        post=post,
        parent=above,
        path=path_below(above.path if above else "", at=at, uid=uid),
        name=row["name"],
        email=row["email"],
        avatar_seed=avatar_seed(user_id=None, email=row["email"]),
        language=LANGUAGE,
        body=row["body"],
        body_html=_rendered(row["body"]),
        status=ReplyStatus.APPROVED,
        submitted_at=at,
        appeared_at=at,
    )
    derive_words(comment)
    return comment


@lru_cache(maxsize=1024)
def _rendered(body: str) -> str:
    return render_reply(body, language=LANGUAGE)
