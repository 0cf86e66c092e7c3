"""Stores the thread below its page. Runs in the environment of django-comments-xtd."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection, transaction

Rows = list[dict[str, Any]]


def main(content: str) -> None:
    django.setup()
    model: dict[str, Any] = {each.__name__: each for each in apps.get_models()}
    page = model["FlatPage"].objects.create(url="/giant/", title="Giant")
    page.sites.add(1)
    about = model["ContentType"].objects.get_for_model(page)
    rows = json.loads(Path(content).read_text(encoding="utf-8"))["comments"]
    with transaction.atomic():
        for pk, fields in sorted(_places(rows).items()):
            _insert("django_comments", _said(rows[pk - 1], page=page.pk, about=about.pk))
            _insert("django_comments_xtd_xtdcomment", {"comment_ptr_id": pk, **fields})


def _said(row: dict[str, Any], *, page: int, about: int) -> dict[str, object]:
    return {
        "id": row["id"],
        "content_type_id": about,
        "object_pk": str(page),
        "site_id": 1,
        "user_name": row["name"],
        "user_email": row["email"],
        "user_url": "",
        "comment": row["body"],
        "submit_date": datetime.fromisoformat(row["created"]).replace(tzinfo=None).isoformat(" "),
        "is_public": True,
        "is_removed": False,
    }


def _places(rows: Rows) -> dict[int, dict[str, Any]]:
    """Return thread, order, level and number of answers by id, as `XtdComment.save` computes them."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        below[row["parent"]].append(row["id"])
    places: dict[int, dict[str, Any]] = {}
    for first in below[None]:
        branch = _branch(first, below, level=0, above=first)
        for number, (pk, above, level) in enumerate(branch, start=1):
            places[pk] = {"thread_id": first, "parent_id": above, "level": level, "order": number,
                          "followup": False, "nested_count": 0}  # fmt: skip
    _count_nested(rows, places)
    return places


def _branch(
    pk: int, below: dict[int | None, list[int]], *, level: int, above: int
) -> Iterator[tuple[int, int, int]]:
    yield pk, above, level
    for answer in below[pk]:
        yield from _branch(answer, below, level=level + 1, above=pk)


def _count_nested(rows: Rows, places: dict[int, dict[str, Any]]) -> None:
    """Count from the end: a reply comes after the one it answers, so its count is complete."""
    for row in reversed(rows):
        if row["parent"]:
            places[row["parent"]]["nested_count"] += places[row["id"]]["nested_count"] + 1


def _insert(table: str, fields: dict[str, Any]) -> None:
    """Insert a row without the models, which would move the whole branch at each reply."""
    columns = ", ".join(f'"{name}"' for name in fields)
    values = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        # The names are from this module.
        cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({values})', [*fields.values()])  # noqa: S608


if __name__ == "__main__":
    main(sys.argv[1])
