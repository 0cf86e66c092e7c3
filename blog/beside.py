"""What other apps set beside a post on its page: each registers the part of the page that it makes.

They are asked before the page is written, so that one can refuse an address that asks for something
it does not have. `blog` knows none of them; the page's template sets what they made in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from blog.models import Post

# What the page's template finds by which name. Raises Http404 for an address that nothing stands at.
Beside = Callable[[HttpRequest, Post], dict[str, Any]]
_registered: list[Beside] = []


def register_beside(part: Beside) -> None:
    _registered.append(part)


def beside(request: HttpRequest, post: Post) -> dict[str, Any]:
    """All that stands beside a post, by the names that its template uses. Raises Http404."""
    return {name: made for part in _registered for name, made in part(request, post).items()}
