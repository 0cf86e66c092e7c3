"""Pages of a list, read without counting it: a front page costs the same on a large site.

A page of posts links to the next one by its last post (`web.keys`) and not by a number alone. So if
posts are published meanwhile, the next page repeats none and leaves none out.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from web.keys import NEWEST_FIRST, Order, after, key_of

# Higher than any page there is, and still an offset that every database accepts.
LAST_POSSIBLE = 10**9


class UncountedPage(Page):
    """A page that knows whether another follows, because one row more than shown was read."""

    def __init__(self, rows: list[Any], number: int, paginator: Paginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self.is_last = len(rows) <= paginator.per_page

    def has_next(self) -> bool:
        return not self.is_last

    def start_index(self) -> int:
        return (self.number - 1) * self.paginator.per_page + 1


class Uncounted(Paginator):
    """A paginator that counts only if `num_pages` is asked for."""

    page_class: type[UncountedPage] = UncountedPage

    def page(self, number: int | str) -> UncountedPage:
        """A page. Raises EmptyPage for a page without rows, except the first, and for no number."""
        number = self.validate_number(number)
        rows = self.rows_from((number - 1) * self.per_page)
        if not rows and number > 1:
            raise EmptyPage
        return self.page_class(rows, number, self)

    def rows_from(self, start: int) -> list[Any]:
        """Return the rows of one page and the one after it."""
        return list(self.object_list[start : start + self.per_page + 1])

    def validate_number(self, number: int | float | str) -> int:
        asked = int(number)
        if not 1 <= asked <= LAST_POSSIBLE:
            raise EmptyPage
        return asked


class KeyedPage(UncountedPage):
    """A page of rows in the paginator's order. Its addresses are relative to the list's."""

    paginator: Keyed

    @property
    def last_number(self) -> int:
        """The number of the last page as far as it is known, at least this one's."""
        return max(self.number, self.paginator.num_pages)

    @cached_property
    def older(self) -> str:
        """The address of the next page."""
        return _address(self.number + 1, key_of(self.object_list[-1], self.paginator.order))

    @cached_property
    def newer(self) -> str:
        """The address of the page before, by one query; "" for the list's own address."""
        above = self.paginator.rows_above(self.object_list[0])
        if len(above) <= self.paginator.per_page:
            return ""
        return _address(max(self.number - 1, 2), key_of(above[-1], self.paginator.order))


class Keyed(Uncounted):
    """Pages of a list in the order `order`, by the key of the row above, or by number.

    `alone` is the same list without what its pages show of other tables, to count and to skip by;
    `every` has the rows that are shown, of the whole table.
    """

    order: Order = NEWEST_FIRST
    page_class = KeyedPage
    object_list: Any  # a queryset

    def __init__(
        self, rows: QuerySet[Any, Any], per_page: int, *, alone: QuerySet[Any], every: QuerySet[Any]
    ) -> None:
        super().__init__(rows, per_page)
        self.alone, self.every = alone, every

    @cached_property
    def count(self) -> int:
        return self.alone.order_by().count()

    def rows_from(self, start: int) -> list[Any]:
        if not start:
            return super().rows_from(start)
        chosen = self.alone.values("pk")[start : start + self.per_page + 1]
        return list(self.every.filter(pk__in=chosen).order_by(*self.order))

    def page_after(self, key: str, number: int | str) -> UncountedPage:
        """The page after a key. Raises EmptyPage as `page` does, ValueError for an invalid key."""
        number = max(self.validate_number(number), 2)
        rows = list(self.object_list.filter(after(key, self.order))[: self.per_page + 1])
        if not rows:
            raise EmptyPage
        return self.page_class(rows, number, self)

    def rows_above(self, row: Any) -> list[Any]:
        """Return the keys of the page's rows before this row and of one more, nearest first."""
        key = key_of(row, self.order)
        fields = [field.lstrip("-") for field in self.order]
        above = self.alone.filter(after(key, self.order, backwards=True)).reverse()
        return list(above.values_list(*fields, named=True)[: self.per_page + 1])


def _address(number: int, key: str) -> str:
    return f"?page={number}&before={key}"
