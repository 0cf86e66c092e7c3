"""The small pictures beside replies, drawn from a keyed hash of the writer.

No service is asked, and the picture does not tell whose it is: the key stays on this site.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.crypto import salted_hmac

COLOURS = 6
TOP_LEFT, TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT = range(4)
SQUARE, EMPTY = 4, 5
PATCHES = 6
MIRRORED_ACROSS = {
    TOP_LEFT: TOP_RIGHT,
    TOP_RIGHT: TOP_LEFT,
    BOTTOM_LEFT: BOTTOM_RIGHT,
    BOTTOM_RIGHT: BOTTOM_LEFT,
}
MIRRORED_DOWN = {
    TOP_LEFT: BOTTOM_LEFT,
    BOTTOM_LEFT: TOP_LEFT,
    TOP_RIGHT: BOTTOM_RIGHT,
    BOTTOM_RIGHT: TOP_RIGHT,
}
# Quarters of a disc about one corner of a patch, clockwise from the corner; then a whole patch.
OUTLINES = {
    TOP_LEFT: (0, 0, "h1a1 1 0 0 1-1 1z"),
    TOP_RIGHT: (1, 0, "v1a1 1 0 0 1-1-1z"),
    BOTTOM_RIGHT: (1, 1, "h-1a1 1 0 0 1 1-1z"),
    BOTTOM_LEFT: (0, 1, "v-1a1 1 0 0 1 1 1z"),
    SQUARE: (0, 0, "h1v1h-1z"),
}


def avatar_seed(*, user_id: int | None, email: str) -> str:
    """Return eight hexadecimal digits that stand for an account, or else for an e-mail address."""
    person = f"account {user_id}" if user_id else f"e-mail {email.casefold()}"
    return salted_hmac("comments.avatars", person, algorithm="sha256").hexdigest()[:8]


def avatar_colour(seed: str) -> str:
    """Return the class that colours the picture: "c0" to "c5"."""
    return f"c{int(seed or '0', 16) % COLOURS}"


@lru_cache(maxsize=4096)
def avatar_path(seed: str) -> str:
    """Return the `d` of an SVG path on a field of 4 by 4, symmetric across and down."""
    number = int(seed or "0", 16) // COLOURS
    parts = []
    for place in range(4):
        number, patch = divmod(number, PATCHES)
        parts.append(_four_times(patch, x=place % 2, y=place // 2))
    return "".join(parts)


def _four_times(patch: int, *, x: int, y: int) -> str:
    across, down = MIRRORED_ACROSS.get(patch, patch), MIRRORED_DOWN.get(patch, patch)
    both = MIRRORED_ACROSS.get(down, down)
    places = ((patch, x, y), (across, 3 - x, y), (down, x, 3 - y), (both, 3 - x, 3 - y))
    return "".join(_drawn(*place) for place in places)


def _drawn(patch: int, x: int, y: int) -> str:
    if patch == EMPTY:
        return ""
    right, below, outline = OUTLINES[patch]
    return f"M{x + right} {y + below}{outline}"
