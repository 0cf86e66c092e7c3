"""What other apps add to the authors' desk: columns of the list of posts, and parts of a post's form.

Each app registers what it brings from its own `admin`; `blog` knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

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


def save_parts(form: forms.ModelForm) -> None:
    for part in _form_parts:
        part.save(form)


# --- all of it ---


class TakesParts(admin.ModelAdmin):
    """The admin of posts, with what was registered. Parts of the form stand before the last fieldset."""

    own_form: type[forms.ModelForm]
    own_fieldsets: Sequence[Any]

    def get_list_display(self, request: HttpRequest) -> Any:
        return [*super().get_list_display(request), *(column.show for column in _columns)]

    @property
    def form(self) -> type[forms.ModelForm]:  # type: ignore[override]
        mixins = (part.fields for part in _form_parts)
        return type(self.own_form.__name__, (*mixins, self.own_form), {})

    def get_fieldsets(self, request: HttpRequest, obj: Post | None = None) -> Any:
        may_write = obj is None or self.has_change_permission(request, obj)
        parts = (_fieldset(part, may_write=may_write) for part in _form_parts)
        return [*self.own_fieldsets[:-1], *parts, self.own_fieldsets[-1]]


def _fieldset(part: FormPart, *, may_write: bool) -> tuple[Any, dict[str, Any]]:
    title, options = part.fieldset
    return title, options if may_write else {**options, "fields": part.shown}
