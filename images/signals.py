"""What happened to images, sent by `images.library` after commit, with `image`."""

from django.dispatch import Signal

# Its words (alt text, caption, credit, licence) or its focal point are other than they were.
image_changed = Signal()
