"""The authors' desk."""

from blog.admin import post, taxonomy  # noqa: F401
