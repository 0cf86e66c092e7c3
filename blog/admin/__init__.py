"""The part of the admin in which authors write posts."""

from blog.admin import post, taxonomy  # noqa: F401
