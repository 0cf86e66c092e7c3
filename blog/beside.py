"""Lets other apps add parts to the page of a post. `blog` imports none of them.

The parts are made before the page is written, so a part can refuse a query string that asks for
something it does not have. The page's template places what they made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from blog.models import Post

# Returns template variables by name. Raises Http404 if the query string asks for what is not there.
Beside = Callable[[HttpRequest, Post], dict[str, Any]]
_registered: list[Beside] = []


def register_beside(part: Beside) -> None:
    _registered.append(part)


def beside(request: HttpRequest, post: Post) -> dict[str, Any]:
    """Return what the registered parts made for the post's page, by name. Raises Http404."""
    return {name: made for part in _registered for name, made in part(request, post).items()}
