"""What is published: posts, their bylines and history, and where they belong."""

from blog.models.changes import LastChange
from blog.models.history import PostAddress, Revision
from blog.models.post import Byline, CommentPolicy, Post, Status
from blog.models.taxonomy import Category, Series, Tag, TaggedPost

__all__ = [
    "Byline",
    "Category",
    "CommentPolicy",
    "LastChange",
    "Post",
    "PostAddress",
    "Revision",
    "Series",
    "Status",
    "Tag",
    "TaggedPost",
]
