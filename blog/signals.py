"""What happens to posts. Each signal is sent by `blog.publishing`, with `post`, and after commit.

All but one: `post_deleting` comes within the transaction, while the post still is there, so that
whoever keeps much below it can clear that away at once.
"""

from django.dispatch import Signal

post_published = Signal()
post_updated = Signal()
post_withdrawn = Signal()
post_deleting = Signal()
