"""Finds the places in a template where white space does not show on the page."""

from __future__ import annotations

from tools.shaping.indenting import MIDDLE
from tools.shaping.tokens import Token

# HTML ignores white space around these elements and at the ends of their content.
BLOCKS = set(
    """html head body main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 ul ol li
    dl dt dd form fieldset legend figure figcaption blockquote hr br table thead tbody tr th td
    details summary dialog template meta link script path""".split()
)
# HTML ignores it at the ends of their content only; around them it shows.
BLOCKS_WITHIN = {"button", "option", "select", "svg"}
SILENT = {"load", "with", "endwith"}
SILENT_IF_NAMED = {
    *("url", "translate", "user_display"),
    *("get_current_language", "get_available_languages", "get_language_info_list"),
}


class Seams:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.parts = parts_of(tokens)

    def is_free(self, place: int) -> bool:
        """Return whether white space may be put between this token and the one before."""
        before, after = self.tokens[place - 1], self.tokens[place]
        if after.is_trimmed:
            return before.name in {"blocktranslate", "plural"} or after.name in {
                *("endblocktranslate", "plural"),
            }
        is_in_text = after.place == "text" and after.kind != "end"
        return is_in_text and (self.is_passed(place - 1, -1) or self.is_passed(place, 1))

    def is_passed(self, place: int, way: int, seen: frozenset[int] = frozenset()) -> bool:
        """Return whether white space does not show before this token (way 1) or after it (way -1).

        It looks past tokens that show nothing, and at each branch of an {% if %} or {% for %}.
        """
        if place in seen:
            return True
        if not 0 <= place < len(self.tokens):
            return False
        token, seen = self.tokens[place], seen | {place}
        if token.kind in {"line", "space", "doctype"}:
            return True
        if token.kind in {"open", "close", "end"}:
            is_inside = token.kind == ("close" if way == 1 else "end")
            return token.name in BLOCKS or (is_inside and token.name in BLOCKS_WITHIN)
        if place in self.parts:
            return all(self.is_passed(other, way, seen) for other in self.ways_on(place, way))
        return is_silent(token) and self.is_passed(place + way, way, seen)

    def ways_on(self, place: int, way: int) -> list[int]:
        """Return the places after a part of an {% if %} or {% for %}: forwards (1) or backwards (-1)."""
        parts = self.parts[place]
        names = {self.tokens[part].name for part in parts}
        first, *middle, last = parts[::way]
        if place == first:
            into = [first, *middle]
            past = [] if names & {"else", "empty"} else [last]
            return [part + way for part in (*into, *past)]
        again = [parts[0] if way == 1 else parts[1]] if "for" in names else []
        return [part + way for part in (last, *again)]


def parts_of(tokens: list[Token]) -> dict[int, list[int]]:
    """Return for each part of an {% if %} or {% for %} the places of all its parts and the end."""
    parts: dict[int, list[int]] = {}
    open_ones: list[list[int]] = []
    for place, token in enumerate(tokens):
        if token.kind != "tag" or token.place != "text":
            continue
        if token.name in {"if", "for"}:
            open_ones.append([place])
        elif token.name in MIDDLE - {"plural"} and open_ones:
            open_ones[-1].append(place)
        elif token.name in {"endif", "endfor"} and open_ones:
            whole = [*open_ones.pop(), place]
            parts |= dict.fromkeys(whole, whole)
    return parts


def is_silent(token: Token) -> bool:
    """Return whether a tag or a comment writes nothing to the page."""
    if token.kind == "kept":
        return token.name == "comment" or token.text.startswith("<!--")
    is_named = token.name in SILENT_IF_NAMED and " as " in token.text
    return token.kind == "tag" and (token.name in SILENT or is_named)
