"""The posts that share most with one."""

from __future__ import annotations

from collections import Counter

from django.db.models import BigAutoField, DateTimeField
from django.utils import timezone

from blog.models import Post, TaggedPost
from blog.models.querysets import LINK
from web.prepared import Given, Prepared, places

# It looks among the latest of each tag and of the category, so that it costs the same on a large site.
CANDIDATES = 100
MOST_TAGS = 20
SHOWN = 4
# More than are shown, since some of them may not be live.
ASKED = 3 * SHOWN
KEY = BigAutoField()

_tagged = TaggedPost.objects.filter(tag__pk__in=places("tags", KEY, MOST_TAGS))
_newest_tagged = _tagged.order_by("-content_object_id").values("pk")[:CANDIDATES]
_beside = Post.objects.live(Given("now", DateTimeField())).filter(category=Given("category", KEY))
_newest_beside = _beside.order_by("-published_at").values("pk")[:CANDIDATES]
# The ids of posts, each as often as it shares a tag or the category.
SHARING = Prepared(
    TaggedPost.objects.filter(pk__in=_newest_tagged)
    .values_list("content_object")
    .union(Post.objects.filter(pk__in=_newest_beside).order_by().values_list("pk"), all=True)
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
    # No tag has the id 0, and no list of values may be empty.
    tags = [tag.pk for tag in post.tags.all()[:MOST_TAGS]] or [0]
    found = SHARING.all(tags=tags, category=post.category_id, now=timezone.now())
    return [pk for (pk,) in found]
