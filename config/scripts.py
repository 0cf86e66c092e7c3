"""Joins script modules that are written in parts and served as one.

A module names its parts at its top, one a line: `import { keep } from "./storage.js";`. In
development the browser follows these lines itself. For production each part becomes a function
that runs once and returns what it exports; they stand in the order in which a browser would run
them. What is joined is a module still: strict, and run when the page is there.
"""

from __future__ import annotations

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from rjsmin import jsmin

IMPORT = re.compile(r'^import (?:\{ ([\w, ]+) \} from )?"(\.{1,2}/[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
# Such a line has another form than the two above. `export let` would be read when it is stale.
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
FOLDER = "js/"  # of our own scripts; those of packages stay as they are


class NotJoinable(Exception):
    """A module has an import or export that is not understood, or imports itself."""


class ScriptInOnePiece:
    """A storage for `collectstatic` in which each script is whole, without comments and indents."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, name: str) -> ContentFile[bytes]:
        return ContentFile(whole(self.storage, name).encode())


def is_ours(name: str) -> bool:
    return name.startswith(FOLDER) and name.endswith(".js")


def parts(storage: Storage, name: str) -> list[str]:
    """Return the names of the files that a module imports, directly or indirectly, in running order.

    Raises NotJoinable if one imports itself, directly or indirectly.
    """
    return _in_order(storage, name, above=())[:-1]


def whole(storage: Storage, name: str) -> str:
    """Return a module's text with its parts in it. Raises NotJoinable."""
    order = [*parts(storage, name), name]
    numbers = {part: f"m{number}" for number, part in enumerate(order)}
    pieces = [_as_function(part, _read(storage, part), numbers) for part in order]
    joined: str = jsmin("\n".join(pieces))
    return f"{joined}\n"


def _in_order(storage: Storage, name: str, *, above: tuple[str, ...]) -> list[str]:
    if name in above:
        raise NotJoinable(f"{name} imports itself, by {' and '.join(above)}")
    order: dict[str, None] = {}
    for _names, address in IMPORT.findall(_read(storage, name)):
        for part in _in_order(storage, _beside(name, address), above=(*above, name)):
            order.setdefault(part)
    return [*order, name]


def _as_function(name: str, text: str, numbers: dict[str, str]) -> str:
    """Return a statement that runs a module and keeps its exports under the module's number."""

    def take(line: re.Match[str]) -> str:
        names, address = line[1], line[2]
        return f"const {{ {names} }} = {numbers[_beside(name, address)]};" if names else ""

    exported = EXPORT.findall(text)
    body = EXPORT.sub("", IMPORT.sub(take, text))
    if left := LEFT.search(body):
        raise NotJoinable(f"{name}: {left[0]}")
    return f"const {numbers[name]} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _beside(name: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def _read(storage: Storage, name: str) -> str:
    with storage.open(name) as file:
        content: bytes = file.read()
    return content.decode()
