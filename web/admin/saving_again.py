"""Admin forms that are sent at the same moment as similar ones."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

# More than there are people who press a button at once.
TRIES = 20


class SavesAgain(admin.ModelAdmin):
    """An admin that checks and saves a form again if another one took a unique value first.

    A form looks for a unique value before it is stored, and on PostgreSQL two can look at once. The
    second time, the form sees what the other one stored: it chooses another slug, or reports the
    name as taken. `met_when_saving` are the exceptions that such a save raises.
    """

    met_when_saving: tuple[type[Exception], ...] = (IntegrityError,)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for _try in range(TRIES if request.method == "POST" else 0):
            try:
                with transaction.atomic():
                    return super().changeform_view(request, *args, **kwargs)
            except self.met_when_saving:
                continue
        return super().changeform_view(request, *args, **kwargs)
