"""Lets other apps add columns to the list of posts, and fields to a post's form.

Each app registers its own parts from its `admin` module; `blog` imports none of them.
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
    """A column: `show` is made with `admin.display`, `read` adds to the query what `show` needs."""

    show: Callable[[Post], str]
    read: Callable[[QuerySet[Post]], QuerySet[Post]]


_columns: list[Column] = []


def register_column(column: Column) -> None:
    _columns.append(column)


def with_columns(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Return the same posts with what the registered columns need."""
    for column in _columns:
        posts = column.read(posts)
    return posts


# --- the page on which one writes ---


@dataclass(frozen=True, slots=True)
class FormPart:
    """Fields for a post's form: `fields` is a form that is mixed in, `fieldset` places the fields.

    Users who may only look see `shown` instead. `save` gets the valid form in the transaction that
    saves the post: before a known post is saved, so that verbs of the other app can take their
    locks first, and after a new post is saved.
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
    """The base of the posts' admin that adds the registered columns and form parts."""

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
