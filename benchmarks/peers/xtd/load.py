"""Store the thread under its page. Run by the Python of django-comments-xtd's environment."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps

BATCH = 500
Rows = list[dict[str, Any]]


def main(content: str) -> None:
    django.setup()
    rows = json.loads(Path(content).read_text(encoding="utf-8"))["comments"]
    page = _page("/tree/", "flatpages/tree.html")
    model = apps.get_model("django_comments_xtd", "XtdComment")
    about = apps.get_model("contenttypes", "ContentType").objects.get_for_model(page)
    # Django writes no rows of two tables at once, so the table of each model by itself.
    replies = [model(**fields, content_type=about, object_pk=str(page.pk)) for fields in _fields(rows)]
    for table in (model.__base__, model):
        _insert(table, replies)


def _page(url: str, template: str) -> Any:
    page = apps.get_model("flatpages", "FlatPage").objects.create(
        url=url, title="Giant", template_name=template
    )
    page.sites.add(1)
    return page
