"""The authors, categories, tags, series and languages that have live posts: no page is empty."""

from __future__ import annotations

from itertools import accumulate

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Author
from blog.languages import by_name, is_tag
from blog.models import Byline, Category, Post, Series, Tag, TaggedPost


def authors() -> QuerySet[Author]:
    named = Byline.objects.filter(author=OuterRef("pk"), post__in=Post.objects.live())
    return Author.objects.filter(Exists(named))


def categories() -> list[Category]:
    """Return categories with posts, and their ancestors, which show these too; parents first."""
    posts = Post.objects.live().filter(category=OuterRef("pk"))
    everything = list(Category.objects.annotate(is_used=Exists(posts)))
    lines = (one.path.split("/") for one in everything if one.is_used)
    shown = {path for line in lines for path in accumulate(line, "{}/{}".format)}
    return [one for one in everything if one.path in shown]


def tags() -> QuerySet[Tag]:
    given = TaggedPost.objects.filter(tag=OuterRef("pk"), content_object__in=Post.objects.live())
    return Tag.objects.filter(Exists(given))


def series() -> QuerySet[Series]:
    return Series.objects.filter(Exists(Post.objects.live().filter(series=OuterRef("pk"))))


def languages() -> list[str]:
    """Return the language tags by their names in the active language; leave out what is not a tag."""
    used = Post.objects.live().order_by().values_list("language", flat=True).distinct()
    return by_name(filter(is_tag, used))
