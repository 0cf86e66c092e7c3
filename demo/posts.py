"""Writes posts in bulk, with bylines, tags, categories and all derived fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Author
from blog.models import Byline, Category, Post, Status, Tag, TaggedPost
from blog.models.taxonomy import SLUG_LENGTH
from blog.saving.rendering import derive
from demo.names import FIRST_NAMES, LAST_NAMES, SECTIONS, TOPICS
from demo.texts import LANGUAGES, Writer
from images.models import Image
from markup import slug_of
from web.shown import SITE, changed

# Before the articles of the demo site, which should come first.
NEWEST = datetime(2024, 9, 1, 8, tzinfo=UTC)
SPAN = timedelta(days=12 * 365)
BATCH = 250
AUTHORS = 24


@dataclass
class Surroundings:
    """The rows that posts refer to."""

    authors: list[Author] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def surroundings() -> Surroundings:
    """Find or make authors, categories and tags; lead images are those of the library."""
    return Surroundings(
        authors=[_author(number) for number in range(AUTHORS)],
        categories=list(_categories()),
        tags=[_tag(topic) for topic in TOPICS],
        images=list(Image.objects.exclude(alt="").order_by("key")),
    )


def _author(number: int) -> Author:
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number * 7 % len(LAST_NAMES)]
    name = f"{first} {last}"
    biography = f"{first} writes about *{TOPICS[number % len(TOPICS)].lower()}*, and is invented."
    slug = slug_of(name, longest=SLUG_LENGTH)
    return Author.objects.get_or_create(slug=slug, defaults={"name": name, "biography": biography})[
        0
    ]


def _categories() -> Iterator[Category]:
    for name, parts in SECTIONS.items():
        section = _category(name, parent=None)
        yield section
        for part in parts:
            yield _category(part, parent=section)


def _category(name: str, *, parent: Category | None) -> Category:
    slug = slug_of(name, longest=SLUG_LENGTH)
    path = f"{parent.path}/{slug}" if parent else slug
    words = {"name": name, "slug": slug, "parent": parent}
    return Category.objects.get_or_create(path=path, defaults=words)[0]


def _tag(topic: str) -> Tag:
    slug = slug_of(topic, longest=SLUG_LENGTH)
    return Tag.objects.get_or_create(slug=slug, defaults={"name": topic})[0]


def write_posts(count: int, *, around: Surroundings) -> Iterator[list[Post]]:
    """Store `count` posts, oldest first, and yield each batch; always the same on the same site."""
    first = Post.objects.count()
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        drafts = [_draft(first + number, age=count - 1 - number, of=count, around=around)
                  for number in batch]  # fmt: skip
        yield _store(drafts)


@dataclass
class Draft:
    post: Post
    authors: Sequence[Author]
    tags: Sequence[Tag]


def _draft(number: int, *, age: int, of: int, around: Surroundings) -> Draft:
    """Post `number` of the site, `age` posts before the newest one of this run."""
    random = Random(f"post {number}")
    language = random.choices(list(LANGUAGES), weights=(4, 4, 2))[0]
    writer = Writer(language, random)
    published_at = NEWEST - SPAN * age / max(1, of)
    post = Post(
        uid=UUID(int=random.getrandbits(128), version=4),
        title=writer.title(),
        language=language,
        summary=writer.sentence(),
        body=writer.article(),
        status=Status.PUBLISHED,
        published_at=published_at,
        updated_at=published_at,
        category=random.choice(around.categories),
        lead_image=random.choice(around.images) if around.images and number % 3 == 0 else None,
        version=1,
    )
    post.slug = f"{slug_of(post.title, longest=80)}-{number}"
    post.address = f"{timezone.localtime(published_at):%Y/%m}/{post.slug}"
    derive(post)
    authors = random.sample(around.authors, random.choices((1, 2), weights=(9, 1))[0])
    return Draft(post, authors, random.sample(around.tags, 3))


@transaction.atomic
def _store(drafts: list[Draft]) -> list[Post]:
    posts = Post.objects.bulk_create(draft.post for draft in drafts)
    Byline.objects.bulk_create(
        Byline(post=draft.post, author=author, position=position)
        for draft in drafts
        for position, author in enumerate(draft.authors)
    )
    TaggedPost.objects.bulk_create(
        TaggedPost(content_object=draft.post, tag=tag) for draft in drafts for tag in draft.tags
    )
    changed(SITE)
    return posts
