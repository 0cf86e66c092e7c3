"""`manage.py demo_data`: posts and replies by the thousand, for trying and measuring the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from blog.models import Post
from demo.posts import surroundings, write_posts
from demo.progress import Progress
from demo.replies import write_replies


class Command(BaseCommand):
    help = (
        "Adds invented posts in three languages, with authors, categories and tags, and replies in "
        "threads. The 5th newest post gets 50 replies, the 20th newest 10,000 (a tenth of all, if "
        "that is less). The same call on the same site adds the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, default=1_000, help="how many (default: 1000)")
        parser.add_argument("--replies", type=int, default=10_000, help="how many (default: 10000)")

    def handle(self, *args: Any, posts: int, replies: int, **options: Any) -> None:
        if posts < 0 or replies < 0:
            raise CommandError("Numbers of posts and replies start at 0.")
        written = list(self.write_posts(posts))
        if replies and not written:
            raise CommandError("Replies need posts: ask for some with --posts.")
        self.write_replies(written, replies)

    def write_posts(self, count: int) -> Iterator[int]:
        progress = self.progress("posts", count)
        for batch in write_posts(count, around=surroundings()):
            progress.advance(len(batch))
            yield from (post.pk for post in batch)

    def write_replies(self, posts: list[int], count: int) -> None:
        progress = self.progress("replies", count)
        for stored in write_replies(posts, count):
            progress.advance(stored)
        if count:
            hot, giant = (self.address(posts, place) for place in (5, 20))
            self.stdout.write(f"50 replies: {hot}\nMost replies: {giant}")

    def progress(self, label: str, total: int) -> Progress:
        return Progress(
            label,
            total,
            write=lambda text: self.stderr.write(text, ending=""),
            live=self.stderr.isatty(),
        )

    @staticmethod
    def address(posts: list[int], place: int) -> str:
        """Return the address of the post at this place from the newest; "-" if there are fewer."""
        if len(posts) < place:
            return "-"
        return Post.objects.get(pk=posts[-place]).get_absolute_url()
