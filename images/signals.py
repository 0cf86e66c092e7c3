"""Signals about images. `images.library` sends each with `image`, after commit."""

from django.dispatch import Signal

# The image's words (alt text, caption, credit, licence) or its focal point changed.
image_changed = Signal()
