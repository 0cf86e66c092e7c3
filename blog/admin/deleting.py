"""The admin's page that asks for confirmation before it deletes something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import CASCADE, Model
from django.http import HttpRequest


class ToldByNumbers(admin.ModelAdmin):
    """Counts the rows that are deleted too: Django would list each of ten thousand replies."""

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Any:
        """Return what Django's does, with counts in place of lists of the rows below.

        Who may delete an object may delete the rows below it, so no row below may be protected.
        """
        things = list(objs)
        may_all = all(self.has_delete_permission(request, thing) for thing in things)
        barred = set() if may_all else {str(self.opts.verbose_name)}
        return [str(thing) for thing in things], dict(self._numbers(things)), barred, []

    def _numbers(self, things: list[Model]) -> Iterator[tuple[str, int]]:
        yield str(self.opts.verbose_name_plural), len(things)
        # A one-to-one row is part of the object itself.
        below = [
            relation
            for relation in self.opts.related_objects
            if relation.on_delete is CASCADE and not relation.one_to_one
        ]
        for relation in below:
            rows = relation.related_model._default_manager
            if number := rows.filter(**{f"{relation.field.name}__in": things}).count():
                yield str(relation.related_model._meta.verbose_name_plural), number
