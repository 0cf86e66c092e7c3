"""What happens to posts. Each signal is sent after commit, by `blog.publishing`, with `post`."""

from django.dispatch import Signal

post_published = Signal()
post_updated = Signal()
post_withdrawn = Signal()
