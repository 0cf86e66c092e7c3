"""Keys of places in a list: the values it is ordered by, in a form that fits an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q

# Names of fields, with "-" before those in descending order; the last is unique.
Order = Sequence[str]
NEWEST_FIRST: Order = ("-published_at", "-pk")
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
# Enough digits for the moments of four-digit years and the ids of any database.
KEY = re.compile(r"-?[0-9]{1,18}(?:_-?[0-9]{1,18})*", re.ASCII)


def key_of(row: Any, order: Order) -> str:
    """Return the key of a row with these fields; moments are in microseconds since 1970."""
    return "_".join(str(_number(getattr(row, field.lstrip("-")))) for field in order)


def after(key: str, order: Order, *, backwards: bool = False) -> Q:
    """The condition for rows after this place, or before it. Raises ValueError for no key."""
    fields = [field.lstrip("-") for field in order]
    if not KEY.fullmatch(key) or key.count("_") != len(order) - 1:
        raise ValueError(key)
    values = [_value(field, int(part)) for field, part in zip(fields, key.split("_"), strict=True)]
    later = Q()
    for place, field in enumerate(fields):
        goes_down = order[place].startswith("-") != backwards
        same = dict(zip(fields[:place], values, strict=False))
        later |= Q(**same, **{f"{field}__{'lt' if goes_down else 'gt'}": values[place]})
    goes_down = order[0].startswith("-") != backwards
    # This condition is redundant, but leads databases to the place in their index.
    return Q(**{f"{fields[0]}__{'lte' if goes_down else 'gte'}": values[0]}) & later


def _number(value: datetime | int) -> int:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value


def _value(field: str, number: int) -> datetime | int:
    if not field.endswith("_at"):
        return number
    try:
        return EPOCH + number * MICROSECOND
    except OverflowError as error:
        raise ValueError(number) from error
