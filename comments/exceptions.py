"""The errors that the verbs of the conversation raise."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CannotReply(Exception):
    """No reply is taken here. `message` tells the visitor why."""

    def __init__(self, message: str | Promise, *, sign_in_helps: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.sign_in_helps = sign_in_helps


class PostIsAway(CannotReply):
    """Readers cannot read the post, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("This article is not on the site any more, so it takes no replies."))


class NotThere(Exception):
    """Readers do not see the reply, or not any more."""


class ChangedMeanwhile(Exception):
    """The reply's text has changed since its writer was shown it."""


class ParentIsAway(Exception):
    """The parent is under another post, or readers do not see it any more."""
