"""The order of names in a list: as people expect it, and the same on every database.

Databases sort by code points or by what their machine knows of languages. Here the key is made when
a name is written, and its bytes are compared: first by letters without their accents, as Dutch,
German (DIN 5007-1) and English dictionaries do and the Unicode Collation Algorithm (UTS 10) at its
first level; signs that are no letters do not count; then by accents, then by capitals.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.db.models import signals

# Letters that Unicode does not decompose, as Dutch, German and English sort them.
UNMARKED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)


def sort_key(name: str) -> bytes:
    """Return bytes that sort names."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign)).translate(UNMARKED)
    counted = "".join(sign for sign in bare if _counts(sign))
    levels = (" ".join(counted.split()), folded, name)
    return b"\0".join(level.encode("utf-8", "ignore") for level in levels)


def _counts(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] in "LMN"


class SortKeyField(models.BinaryField):
    """The sort key of another field, `of`, written whenever the row is saved.

    `below` names a foreign key to the same model: the rows of a tree then sort below their parents.
    """

    def __init__(self, *, of: str, below: str = "", **kwargs: Any) -> None:
        self.of, self.below = of, below
        kwargs.setdefault("default", b"")
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "below": self.below}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        signals.pre_save.connect(self.fill_loaded, sender=cls)

    def fill_loaded(self, instance: models.Model, raw: bool, **kwargs: Any) -> None:
        """Fill the key of a fixture, which is saved without `pre_save`."""
        if raw:
            self.pre_save(instance, False)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        key = sort_key(getattr(model_instance, self.of))
        above = getattr(model_instance, self.below) if self.below else None
        if above is not None:
            key = bytes(getattr(above, self.attname)) + b"\0\0" + key
        setattr(model_instance, self.attname, key)
        return key
