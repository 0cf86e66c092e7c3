"""The messages that authors see after a post was saved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# By the post's state.
OUTCOMES = {
    "published": _("“{post}” is published."),
    "scheduled": _("“{post}” appears on {moment}."),
    "in_review": _("“{post}” waits for an editor."),
    "withdrawn": _("“{post}” is withdrawn: readers are told that it was here."),
    "draft": _("“{post}” is a draft."),
}


TWICE = _(
    "That night the clocks are put back, and it is %(time)s twice. The first of the two was taken."
)
