"""The posts that share most with one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.utils import timezone

from blog.models import Post, TaggedPost
from blog.models.querysets import LINK, is_published_of_few
from web.prepared import Given, Prepared, places

# It looks among the latest of each tag and of the category, so that it costs the same on a large site.
CANDIDATES = 50
MOST_TAGS = 10
SHOWN = 4
# More than are shown, which are those with the latest dates.
ASKED = 3 * SHOWN
KEY = BigAutoField()


def _tagged(place: int) -> QuerySet[Any, Any]:
    """The ids of the latest live posts with the tag at this place of a list."""
    tagged = TaggedPost.objects.filter(
        is_published_of_few("content_object__status"),
        tag=Given("tags", KEY, place),
        content_object__published_at__lte=Given("now", DateTimeField()),
    )
    newest = tagged.order_by("-content_object_id").values("pk")[:CANDIDATES]
    return TaggedPost.objects.filter(pk__in=newest).values_list("content_object")


_in_category = Post.objects.live(Given("now", DateTimeField())).filter(
    category=Given("category", KEY)
)
_newest_in_category = _in_category.order_by("-published_at").values("pk")[:CANDIDATES]
# The ids of posts, each as often as it shares a tag or the category.
SHARING = Prepared(
    Post.objects.filter(pk__in=_newest_in_category)
    .order_by()
    .values_list("pk")
    .union(*map(_tagged, range(MOST_TAGS)), all=True)
    # Django 6.1 would order by what is not read.
    .order_by()
)
# By id alone: with a filter for live posts, SQLite would read all of them.
LIKELY = Prepared(
    Post.objects.filter(pk__in=places("posts", KEY, ASKED)).order_by().only(*LINK, "status")
)


def related_to(post: Post) -> list[Post]:
    """Return the live posts that share most with this one in tags and category, the newest first."""
    shared = Counter(_sharing(post))
    del shared[post.pk]
    likely = sorted(shared, key=lambda pk: (-shared[pk], -pk))
    seen = [one for one in LIKELY.all(posts=likely[:ASKED]) if one.is_live]
    return sorted(seen, key=lambda one: (-shared[one.pk], -one.due_at.timestamp()))[:SHOWN]


def _sharing(post: Post) -> list[int]:
    tags = [tag.pk for tag in post.tags.all()[:MOST_TAGS]]
    # No tag has the id 0.
    tags += [0] * (MOST_TAGS - len(tags))
    found = SHARING.all(tags=tags, category=post.category_id, now=timezone.now())
    return [pk for (pk,) in found]
