"""What the conversation brings to the authors' desk. The moderators' desk is `moderation.admin`."""

from comments.admin import conversation  # noqa: F401
