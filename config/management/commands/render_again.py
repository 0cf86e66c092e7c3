"""`manage.py render_again`: renders the stored HTML again, after an upgrade that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand
from django.db.models import Model, QuerySet

from accounts import biographies
from accounts.models import Author
from blog import publishing
from blog.models import Post
from comments.models import Comment
from comments.verbs import rendering

M = TypeVar("M", bound=Model)
# Rows held in memory at once.
BATCH = 50


class Command(BaseCommand):
    help = (
        "Renders every post, reply and biography again. What reads as before is not written. "
        "Makes no revisions and moves no dates; may be repeated, and run while the site does."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        posts, comments = Post.objects.all(), Comment.objects.exclude(body="")
        self._tell("posts", posts, lambda post: publishing.render_again(post=post))
        self._tell("replies", comments, lambda comment: rendering.render_again(comment=comment))
        authors = Author.objects.exclude(biography="")
        self._tell("biographies", authors, lambda author: biographies.render_again(author=author))

    def _tell(self, name: str, rows: QuerySet[M], render_again: Callable[[M], bool]) -> None:
        outcomes = [render_again(row) for row in in_batches(rows)]
        self.stdout.write(f"{name}: {len(outcomes)} rendered, {sum(outcomes)} read otherwise now")


def in_batches(rows: QuerySet[M]) -> Iterator[M]:
    """Yield all rows by key, one query a batch, so that no cursor stays open while rows change."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk
