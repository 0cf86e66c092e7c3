"""Templates whose choices are made once, for rows of which a page shows many.

Django's engine looks up each variable of each row by name, which for a hundred replies takes longer
than all the rest of their page. Rows differ in a few choices, and in their values. So a template is
rendered once for each set of choices in each language, with marks where the values go, and kept;
each row then only puts its values in place of the marks:

    REPLY = PreparedTemplate("comments/_reply.html", values=("id", "name"))
    REPLY.html(Choices(is_pinned=True), {"id": SafeString("7"), "name": SafeString("Wim")})

The template sees choices and values as variables. It cannot compute with values: `{{ name }}` is all
that it may do with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 500
NOTHING: Mapping[str, object] = {}
# Control characters, which no template and no translation contains.
MARK = "\x02{}\x03"
MARKS = re.compile(MARK.format("([a-z_]+)"))
INDENTATION = re.compile(r"\s*\n\s*")


class PreparedTemplate:
    """A template without a request; its choices are a NamedTuple of few different values."""

    def __init__(self, name: str, *, values: Iterable[str] = ()) -> None:
        self._name = name
        self._marks = {value: SafeString(MARK.format(value)) for value in values}
        self._kept = lru_cache(MOST_KEPT)(self._pattern)

    def html(self, choices: Any, values: Mapping[str, object] = NOTHING) -> SafeString:
        """Return the HTML of one row. The values are put in as they are, so they must be safe."""
        return self.rows([(choices, values)])

    def rows(self, rows: Iterable[tuple[Any, Mapping[str, object]]]) -> SafeString:
        """Return the HTML of rows, of the choices and the values of each."""
        pattern = self._pattern if settings.DEBUG else self._kept
        language = get_language()
        return SafeString("".join(pattern(choices, language) % values for choices, values in rows))

    def _pattern(self, choices: Any, _language: str | None) -> str:
        html = get_template(self._name).render({**choices._asdict(), **self._marks})
        return MARKS.sub(r"%(\1)s", INDENTATION.sub("\n", html).replace("%", "%%"))
