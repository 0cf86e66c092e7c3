"""What other apps add to the authors' desk: columns of the list of posts, and parts of a post's form.

Each app registers what it brings from its own `admin`; `blog` knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from blog.models import Post

# --- the list ---


@dataclass(frozen=True, slots=True)
class Column:
    """One more column of the list: `show` is made with `admin.display`, `read` adds what it shows."""

    show: Callable[[Post], str]
    read: Callable[[QuerySet[Post]], QuerySet[Post]]


_columns: list[Column] = []


def register_column(column: Column) -> None:
    _columns.append(column)


def columns() -> list[Callable[[Post], str]]:
    return [column.show for column in _columns]


def with_columns(posts: QuerySet[Post]) -> QuerySet[Post]:
    """The same posts, with what the columns show."""
    for column in _columns:
        posts = column.read(posts)
    return posts


# --- the page on which one writes ---


@dataclass(frozen=True, slots=True)
class FormPart:
    """More fields of the form: `fields` is mixed into it, and `fieldset` says where they stand.

    `shown` stands there for who may look and not write. `save` gets the valid form in the transaction
    that saves the post: before that, so that verbs of the app above may take their locks first;
    after it for a new post.
    """

    fields: type[forms.Form]
    fieldset: tuple[Any, dict[str, Any]]
    shown: Sequence[Callable[[Post], Any]]
    save: Callable[[Any], None]


_form_parts: list[FormPart] = []


def register_form_part(part: FormPart) -> None:
    _form_parts.append(part)


def with_fields(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form of a post with the fields of all parts."""
    mixins = (part.fields for part in _form_parts)
    return type(form.__name__, (*mixins, form), {})


def with_fieldsets(fieldsets: Sequence[Any], *, may_write: bool) -> list[Any]:
    """The fieldsets of the form with those of all parts before the last."""
    added = [_fieldset(part, may_write=may_write) for part in _form_parts]
    return [*fieldsets[:-1], *added, fieldsets[-1]]


def _fieldset(part: FormPart, *, may_write: bool) -> tuple[Any, dict[str, Any]]:
    title, options = part.fieldset
    return title, options if may_write else {**options, "fields": part.shown}


def save_parts(form: forms.ModelForm) -> None:
    for part in _form_parts:
        part.save(form)
