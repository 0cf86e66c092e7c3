"""Pages of a list, read without counting the list: a front page costs the same on a large site."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator

# Farther than anybody's list, and still a number that every database can skip.
LAST_POSSIBLE = 10**9


class UncountedPage(Page):
    """A page that knows whether one follows it, because it was read with one row to spare."""

    def __init__(self, rows: list[Any], number: int, paginator: Paginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self.is_last = len(rows) <= paginator.per_page

    def has_next(self) -> bool:
        return not self.is_last

    def start_index(self) -> int:
        return (self.number - 1) * self.paginator.per_page + 1


class Uncounted(Paginator):
    """Counts only where `num_pages` is asked for."""

    def page(self, number: int | str) -> UncountedPage:
        """Raises EmptyPage for a page without rows, but for the first, and for what is no number."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        if not rows and number > 1:
            raise EmptyPage
        return UncountedPage(rows, number, self)

    def validate_number(self, number: int | float | str) -> int:
        asked = int(number)
        if not 1 <= asked <= LAST_POSSIBLE:
            raise EmptyPage
        return asked
