"""The conversation's part of the authors' desk. The moderators' desk is `moderation.admin`."""

from comments.admin import conversation  # noqa: F401
