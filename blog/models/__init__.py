"""The blog's models: posts, bylines, revisions, redirects, categories, tags and series."""

from blog.models.changes import NotedChange
from blog.models.history import Revision
from blog.models.post import Byline, Post
from blog.models.redirect import Redirect
from blog.models.status import SCHEDULED, Status
from blog.models.taxonomy import Category, Series, Tag, TaggedPost

__all__ = [
    "SCHEDULED",
    "Byline",
    "Category",
    "NotedChange",
    "Post",
    "Redirect",
    "Revision",
    "Series",
    "Status",
    "Tag",
    "TaggedPost",
]
