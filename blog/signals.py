"""Signals about posts. `blog.publishing` sends each with `post`, after commit.

Only `post_deleting` comes within the transaction, while the post still exists, so that an app with
many rows below the post can delete them at once.
"""

from django.dispatch import Signal

post_published = Signal()
post_updated = Signal()
post_withdrawn = Signal()
post_deleting = Signal()
