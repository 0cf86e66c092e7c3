"""What happens to replies. Each signal is sent after commit, by the verbs, with `comment`."""

from django.dispatch import Signal

comment_posted = Signal()
comment_approved = Signal()
comment_withdrawn = Signal()
