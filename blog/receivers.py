"""What the blog does when something below it changes."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from blog import publishing
from blog.models import Post
from images.models import Image
from images.signals import image_changed


@receiver(image_changed)
def render_posts_with_image(image: Image, **kwargs: Any) -> None:
    """Captions and credits stand in the rendered text."""
    publishing.rerender(posts=Post.objects.filter(images=image))
