"""Writes replies in bulk, in threads like real ones, with paths and counts computed beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from random import Random
from uuid import UUID

from django.db import transaction

from blog.languages import interface_language
from blog.models import Post
from comments.avatars import avatar_seed
from comments.models import Comment, Conversation, HeldBecause, Status
from comments.models.paths import path_below
from comments.text.domains import named_domains
from comments.text.reading import Reading
from demo.names import FIRST_NAMES, LAST_NAMES
from demo.texts import LANGUAGES, Writer
from folding import folded
from markup import render_reply
from web.batches import batches
from web.shown import SITE, changed

HOT, HOT_REPLIES = 5, 50
GIANT, GIANT_REPLIES = 20, 10_000
DEEPEST = 8
TEXTS = 300
BATCH = 5_000
ANSWERED = {Status.APPROVED, Status.REMOVED}
STATUSES = {Status.APPROVED: 96, Status.PENDING: 2, Status.REMOVED: 1, Status.SPAM: 1}


@dataclass(frozen=True)
class Text:
    body: str
    html: str
    domains: str


def texts_of(language: str) -> list[Text]:
    """Return texts to choose among, so that not every reply has to be rendered."""
    writer = Writer(language, Random(f"replies {language}"))
    return [_text(writer.reply(), language) for _ in range(TEXTS)]


def _text(body: str, language: str) -> Text:
    html = render_reply(body, language=language)
    return Text(body, html, domains=named_domains("", "", Reading(body, html)))


def marked(posts: Sequence[int], total: int) -> dict[int, int]:
    """Return the two posts to look at, by id, with the number of their replies, all approved."""
    wishes = ((HOT, HOT_REPLIES), (GIANT, min(GIANT_REPLIES, total // 10)))
    return {
        posts[-place]: wanted
        for place, wanted in wishes
        if len(posts) >= place and total >= HOT_REPLIES * 2
    }


def numbers_of_replies(posts: Sequence[int], total: int) -> dict[int, int]:
    """Return how many replies each post gets, by its id; `posts` are oldest first.

    The 5th newest has 50 and the 20th newest 10,000, or a tenth of all if that is less. The rest
    goes to posts at random, to few of them often.
    """
    numbers = defaultdict(int, marked(posts, total))
    others = [post for post in posts if post not in numbers] or list(posts)
    random = Random("numbers")
    for _ in range(total - sum(numbers.values()) if others else 0):
        numbers[others[int(len(others) * random.random() ** 2)]] += 1
    return numbers


def write_replies(posts: Sequence[int], total: int) -> Iterator[int]:
    """Store `total` replies under these posts (ids, oldest first); yield the size of each batch."""
    texts = {language: texts_of(language) for language in LANGUAGES}
    numbers = numbers_of_replies(posts, total)
    calm = marked(posts, total)
    waiting: list[Thread] = []
    for post in _posts(sorted(numbers)):
        statuses = {Status.APPROVED: 1} if post.pk in calm else STATUSES
        waiting.append(
            _thread(post, numbers[post.pk], texts[interface_language(post.language)], statuses)
        )
        if sum(len(thread.replies) for thread in waiting) >= BATCH:
            yield _store(waiting)
            waiting = []
    if waiting:
        yield _store(waiting)


@dataclass(frozen=True)
class Thread:
    post: Post
    replies: list[Comment]

    @property
    def count(self) -> int:
        """The post's number of approved replies, with these."""
        return self.post.comment_count + sum(reply.is_approved for reply in self.replies)


def _posts(ids: list[int]) -> Iterator[Post]:
    """Yield posts, read in batches, since replies are written in between."""
    for some in batches(ids):
        posts = Post.objects.filter(pk__in=some).with_conversation()
        yield from posts.only("published_at", "language", "conversation")


def _thread(post: Post, count: int, texts: list[Text], statuses: dict[Status, int]) -> Thread:
    """Return a post's replies in the order of writing, with every path and count."""
    random = Random(f"thread {post.pk} {post.comment_count}")
    at = post.due_at
    replies: list[Comment] = []
    for _ in range(count):
        at += timedelta(seconds=random.expovariate(1 / 2400))
        above = _above(replies, random)
        text, status = random.choice(texts), random.choices([*statuses], [*statuses.values()])[0]
        replies.append(_reply(post, above, at=at, random=random, text=text, status=status))
        _count(replies[-1])
    return Thread(post, replies)


def _above(replies: list[Comment], random: Random) -> Comment | None:
    """A parent: none for two in five, else one of the latest replies that can be answered."""
    if random.random() < 0.4:
        return None
    chosen = random.choice(replies[-30:]) if replies else None
    answerable = chosen and chosen.depth < DEEPEST and chosen.status in ANSWERED
    return chosen if answerable else None


def _reply(
    post: Post,
    above: Comment | None,
    *,
    at: datetime,
    random: Random,
    text: Text,
    status: Status,
) -> Comment:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    email = f"{first}.{last}@example.org".lower()
    uid = UUID(int=random.getrandbits(128), version=4)
    return Comment(
        uid=uid,
        post=post,
        parent=above,
        path=path_below(above.path if above else "", at=at, uid=uid),
        name=f"{first} {last}",
        email=email,
        avatar_seed=avatar_seed(user_id=None, email=email),
        language=post.language,
        body=text.body,
        body_html=text.html,
        status=status,
        held_because=HeldBecause.FIRST_REPLY if status == Status.PENDING else "",
        submitted_at=at,
        appeared_at=at if status == Status.APPROVED else None,
        folded_text=folded(f"{first} {last}\n{Reading(text.body, text.html).both}"),
        domains=text.domains,
    )


def _count(reply: Comment) -> None:
    above = reply.parent
    while above is not None and reply.is_approved:
        above.descendant_count += 1
        above = above.parent


def _count_in_conversations(threads: list[Thread]) -> None:
    """Store the counts of all these posts at once."""
    rows = [Conversation(post_id=thread.post.pk, reply_count=thread.count) for thread in threads]
    Conversation.objects.bulk_create(
        rows, 500, update_conflicts=True, unique_fields=["post"], update_fields=["reply_count"]
    )


@transaction.atomic
def _store(threads: list[Thread]) -> int:
    """Store level by level, since a parent needs its id before its answers can name it."""
    levels: dict[int, list[Comment]] = defaultdict(list)
    for reply in chain.from_iterable(thread.replies for thread in threads):
        levels[reply.depth].append(reply)
    for depth in sorted(levels):
        Comment.objects.bulk_create(levels[depth], batch_size=500)
    _count_in_conversations(threads)
    changed(SITE)
    return sum(map(len, levels.values()))
