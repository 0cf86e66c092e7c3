"""What keeps somebody from doing something with a reply."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CannotReply(Exception):
    """No reply is taken here. `message` says why, in words for the person who tried."""

    def __init__(self, message: str | Promise, *, sign_in_helps: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.sign_in_helps = sign_in_helps


class PostIsAway(CannotReply):
    """The post itself is not, or no longer, to be read."""

    def __init__(self) -> None:
        super().__init__(_("This article is not on the site any more, so it takes no replies."))


class NotThere(Exception):
    """Readers do not see the reply, or not any more."""


class ChangedMeanwhile(Exception):
    """The reply has another text than the one that was before its writer's eyes."""


class ParentIsAway(Exception):
    """The reply to be answered stands under another post, or readers do not see it any more."""
