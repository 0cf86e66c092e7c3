"""Forms of the admin that are sent at the same moment as others like them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

# More than there are people who press a button at once.
TRIES = 20


class SavesAgain(admin.ModelAdmin):
    """An admin whose forms are checked and saved once more where somebody else took something first.

    What must be unique is looked for before it is stored, and PostgreSQL lets two look at once. The
    second time, the form sees what the other one stored: a free slug is another, a name is taken.
    `met_when_saving` is what a save raises where that is so.
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
