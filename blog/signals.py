"""The signal about posts."""

from django.dispatch import Signal

# `post`: it is about to be deleted, within the transaction, so that an app with many rows below it
# can delete them at once.
post_deleting = Signal()
