"""What the desk tells before something is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import CASCADE, Model
from django.http import HttpRequest


class ToldByNumbers(admin.ModelAdmin):
    """How much goes along, as numbers: Django would read and list each of ten thousand replies."""

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Any:
        """As Django's, where whoever may delete a thing may delete what stands below it.

        Nothing that stands below may be protected.
        """
        things = list(objs)
        may_all = all(self.has_delete_permission(request, thing) for thing in things)
        barred = set() if may_all else {str(self.opts.verbose_name)}
        return [str(thing) for thing in things], dict(self._numbers(things)), barred, []

    def _numbers(self, things: list[Model]) -> Iterator[tuple[str, int]]:
        yield str(self.opts.verbose_name_plural), len(things)
        # What there is one of is a part of the thing itself.
        below = [
            relation
            for relation in self.opts.related_objects
            if relation.on_delete is CASCADE and not relation.one_to_one
        ]
        for relation in below:
            rows = relation.related_model._default_manager
            if number := rows.filter(**{f"{relation.field.name}__in": things}).count():
                yield str(relation.related_model._meta.verbose_name_plural), number
