"""The messages that authors see after a post was saved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from blog.models import SCHEDULED, Status

# By the post's state.
OUTCOMES = {
    Status.PUBLISHED: _("“{post}” is published."),
    SCHEDULED: _("“{post}” appears on {moment}."),
    Status.IN_REVIEW: _("“{post}” waits for an editor."),
    Status.WITHDRAWN: _("“{post}” is withdrawn: readers are told that it was here."),
    Status.DRAFT: _("“{post}” is a draft."),
}


TWICE = _(
    "That night the clocks are put back, and it is %(time)s twice. The first of the two was taken."
)
