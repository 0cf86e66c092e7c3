"""Several processes and threads change the site at random, and every page is compared again and again.

A round: all threads make one change each while they read pages; then each process compares every
page from its cache with the page made anew, while nobody changes anything.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import Author
from blog import publishing
from blog.models import Category, Post, Status, Tag
from comments.exceptions import CannotReply, NotThere, ParentIsAway
from comments.limits import TooManyReplies
from comments.models import Comment
from comments.models import Status as ReplyStatus
from comments.verbs import leading
from comments.verbs.editing import edit_reply, erase_replies
from comments.verbs.posting import post_comment
from comments.verbs.thanking import give_thanks
from comments.visitor import Visitor
from images.library import change_image
from images.models import Image
from moderation.deciding import decide, undo
from moderation.models import Batch
from pagecache.process import memory_version
from site_settings.verbs import change_settings
from tests.pagecache.site import Site
from web.in_memory import register_version

# Somebody else was faster; the change was refused as a whole.
LOST = (
    *(publishing.StaleVersion, publishing.CannotPublish, NotThere, CannotReply, ParentIsAway),
    *(TooManyReplies, DatabaseError, ObjectDoesNotExist, KeyError),
)
PATIENCE = 120  # seconds for the others of a round
READ_MEANWHILE = 4  # pages


class Problem(NamedTuple):
    """Pages that were old after a round, and the changes of it."""

    pages: list[str]
    changes: list[str]


def any_of(random: Random, model: Any, **where: Any) -> Any:
    """Return any row. Raises DoesNotExist."""
    keys = list(model.objects.filter(**where).order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise model.DoesNotExist
    return model.objects.get(pk=random.choice(keys))


def publish(random: Random) -> None:
    post = Post(title=f"News {random.random()}", language="en", body="News.")
    post.category = any_of(random, Category)
    author = any_of(random, Author)
    ahead = timedelta(seconds=random.choice((-60, -60, 0.3)))
    content: Any = {"bylines": [(author, "author")], "tags": [any_of(random, Tag).name]}
    publishing.publish(post=post, by=None, at=timezone.now() + ahead, **content)


def correct(random: Random) -> None:
    post = any_of(random, Post, status=Status.PUBLISHED)
    post.title = f"{post.title[:40]} {random.randrange(100)}"
    publishing.save_post(post=post, by=None)


def withdraw(random: Random) -> None:
    publishing.withdraw(post=any_of(random, Post, status=Status.PUBLISHED), by=None)


def publish_again(random: Random) -> None:
    publishing.publish(post=any_of(random, Post, status=Status.WITHDRAWN), by=None)


def tag_otherwise(random: Random) -> None:
    post = any_of(random, Post, status=Status.PUBLISHED)
    publishing.save_post(post=post, by=None, tags=[any_of(random, Tag).name])


def delete(random: Random) -> None:
    if Post.objects.count() > 5:
        publishing.delete(post=any_of(random, Post))


def rename(random: Random) -> None:
    thing = any_of(random, random.choice((Tag, Category, Author)))
    thing.name = f"{thing.name[:20]} {random.randrange(10_000)}"
    thing.save()


def caption(random: Random) -> None:
    image = any_of(random, Image)
    image.caption = image.alt = f"Words {random.randrange(1000)}"
    change_image(image=image)


def reply(random: Random) -> None:
    cache.clear()  # the limits are not what is tried here
    post_comment(
        post=any_of(random, Post, status=Status.PUBLISHED),
        body=f"Says {random.random()}.",
        language="en",
        name="Kim",
        email=f"kim{random.randrange(9)}@example.org",
    )


def decide_about_one(random: Random) -> None:
    decision = random.choice((ReplyStatus.APPROVED, ReplyStatus.REMOVED, ReplyStatus.SPAM))
    decide(comments=[any_of(random, Comment)], decision=decision, by=None)


def undo_one(random: Random) -> None:
    if batch := Batch.objects.order_by("-made_at").first():
        undo(batch=batch, by=None)


def change_a_reply(random: Random) -> None:
    edit_reply(comment=any_of(random, Comment, status=ReplyStatus.APPROVED), body="Otherwise.")


def erase(random: Random) -> None:
    erase_replies(comments=[any_of(random, Comment)])


def thank(random: Random) -> None:
    visitor = Visitor(browser=str(random.random()))
    give_thanks(comment=any_of(random, Comment, status=ReplyStatus.APPROVED), visitor=visitor)


def lead(random: Random) -> None:
    post = any_of(random, Post, status=Status.PUBLISHED)
    random.choice((leading.pause, leading.resume, leading.close, leading.reopen))(post=post)


def pin(random: Random) -> None:
    leading.pin(comment=any_of(random, Comment, status=ReplyStatus.APPROVED))


SETTINGS: dict[str, Sequence[Any]] = {
    "name": ("The Heron", "The Stork"),
    "description": ("A blog about birds.", ""),
    "languages": (["en", "nl"], ["en", "nl", "de"], ["en"]),
    "time_zone": ("Pacific/Auckland", "Europe/Amsterdam"),
    "date_style": ("long", "numbers", "iso"),
    "posts_per_page": (2, 5, 10),
    "list_text": ("whole", "excerpt"),
    "feed_items": (3, 15),
    "feed_text": ("whole", "excerpt"),
    "reply_policy": ("open", "accounts"),
}


def set_the_site(random: Random) -> None:
    name = random.choice(list(SETTINGS))
    change_settings(values={name: random.choice(SETTINGS[name])}, by=None)


CHANGES: Sequence[Callable[[Random], None]] = (
    *(publish, correct, withdraw, publish_again, tag_otherwise, delete, rename, caption),
    *(reply, reply, decide_about_one, decide_about_one, undo_one, change_a_reply, erase),
    *(thank, lead, pin, set_the_site, set_the_site),
)


def addresses() -> list[str]:
    """Return the pages of the site as it is now, and some that were there before."""
    things = [*Tag.objects.all(), *Category.objects.all(), *Author.objects.all()]
    lists = ["/", *(thing.get_absolute_url() for thing in things)]
    posts = [p.get_absolute_url() for p in Post.objects.exclude(address=None).order_by("-pk")[:6]]
    feeds = [f"{one}feed/" for one in lists]
    under = [f"{post}{part}" for post in posts for part in ("", "replies/count/", "comments/feed/")]
    return [*lists, *feeds, *under, "/archive/", "/comments/feed/", "/?page=2"]


def play(*, log: Path, processes: int, threads: int, rounds: int, seed: int) -> list[Problem]:
    """Play rounds and return their problems."""
    context = get_context("fork")
    barrier, found = context.Barrier(processes), context.SimpleQueue()
    connection.close()
    started = [
        context.Process(target=_run, args=(log, barrier, found, threads, rounds, seed + place))
        for place in range(processes)
    ]
    for process in started:
        process.start()
    problems = [problem for _ in started for problem in found.get()]
    for process in started:
        process.join()
    return problems


def _run(log: Path, barrier: Any, found: Any, threads: int, rounds: int, seed: int) -> None:
    problems: list[Problem] = []
    try:
        register_version(memory_version)
        site, random = Site(log), Random(seed)
        with ThreadPoolExecutor(threads) as pool:
            for _ in range(rounds):
                barrier.wait(PATIENCE)
                known = addresses()
                tasks = [(site, random.random(), known) for _ in range(threads)]
                changes = list(pool.map(_change_and_read, *zip(*tasks, strict=True)))
                barrier.wait(PATIENCE)
                if old := site.old([*known, *addresses()]):
                    problems.append(Problem(old, changes))
    except BaseException:  # noqa: BLE001 - the others must not wait for ever
        problems.append(Problem([], [traceback.format_exc()]))
        barrier.abort()
    connection.close()
    found.put([tuple(problem) for problem in problems])


def _change_and_read(site: Site, seed: float, known: list[str]) -> str:
    random = Random(seed)
    change = random.choice(CHANGES)
    try:
        site.warm(random.sample(known, READ_MEANWHILE))
        change(random)
        site.warm(random.sample(known, READ_MEANWHILE))
    except LOST:
        return f"{change.__name__}, refused"
    finally:
        connection.close()
    return change.__name__
