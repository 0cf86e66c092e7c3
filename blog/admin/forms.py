"""The forms with which authors write posts in the admin."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.models import Author, User
from accounts.names import validate_visible
from blog.admin.widgets import MarkdownEditor
from blog.languages import by_name, language_name
from blog.models import Post, Status
from blog.publishing import publication_problems
from blog.saving.addresses import last_part, slug_from, was_known
from blog.saving.rendering import derive
from blog.saving.translations import languages_twice
from web.fields import LinesField
from web.moments import SplitMomentField, as_typed, is_shown_twice

YEARS = range(1900, 3000)
TAG_LENGTH = 100
# The buttons that hide a post from readers.
TAKE_AWAY = {"_review", "_draft", "_withdraw"}


class PostForm(forms.ModelForm):
    """The form of a post.

    `version` is the version that was opened: it shows that a save comes from an older tab. `uid` is
    given before the first save, so a form that is sent twice makes one post. `formset` is the class
    of the bylines' formset, which is sent with the form. The form refuses what `blog.publishing`
    would refuse to save.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9
    )
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    formset: type[BylineFormSet]
    took_first_of_two = False

    class Meta:
        model = Post
        fields = (
            "title",
            "body",
            "summary",
            "lead_image",
            "category",
            "tags",
            "series",
            "series_position",
            "published_at",
            "language",
            "slug",
            "translation_of",
            "canonical_url",
        )
        field_classes = {"summary": LinesField, "published_at": SplitMomentField}
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField title"}),
            "body": MarkdownEditor,
            "summary": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
        help_texts = {
            "summary": _("One sentence for listings and search engines."),
            "tags": _("Separated by commas."),
            "published_at": _("In the future: the post appears then. Empty: when you publish it."),
            "language": _("A language tag such as nl, de-AT or pt-BR."),
            "slug": _(
                "The last part of the address. Empty: made from the title, which it follows until "
                "the post is published."
            ),
            "translation_of": _("The post of which this one is a translation."),
            "canonical_url": _("Where this post first appeared, if that was elsewhere."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial["uid"] = self.instance.uid
        self.is_known = not self.instance._state.adding and was_known(self.instance)
        if self.is_known and not self.instance.slug:
            self.initial["slug"] = last_part(self.instance)
        if "body" in self.fields:
            self.fields["body"].strip = False  # type: ignore[attr-defined]  # code may stand at the top
        self.is_stale = self.is_bound and self.was_saved_since(self.instance, self.data)
        if self.is_stale:
            # The page shows both texts, so a second press of the button is a choice: it saves this one.
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("version")] = str(self.instance.version)

    @classmethod
    def was_saved_since(cls, post: Post, data: Mapping[str, Any]) -> bool:
        """Return whether the stored post has another version than `data`, the form that was sent."""
        try:
            version = cls.base_fields["version"].clean(data.get("version"))
        except ValidationError:
            return False  # the field itself reports the error
        return not post._state.adding and post.version != (version or 0)

    def clean_uid(self) -> uuid.UUID:
        uid = self.cleaned_data["uid"] or self.instance.uid
        twin = Post.objects.filter(uid=uid).exclude(pk=self.instance.pk).first()
        if twin:
            message = _(
                'This form was sent before, and the post was saved: <a href="%s">open it</a>.'
            )
            address = reverse("admin:blog_post_change", args=[twin.pk])
            self.add_error(None, mark_safe(message % address))  # noqa: S308 - words of our own
        return uid

    def clean_tags(self) -> list[str]:
        tags = self.cleaned_data["tags"]
        if any(len(tag) > TAG_LENGTH for tag in tags):
            raise ValidationError(
                _("A tag can have %(most)d characters at most."), params={"most": TAG_LENGTH}
            )
        for tag in tags:
            validate_visible(tag)
        return tags

    def clean_published_at(self) -> Any:
        when, stored = self.cleaned_data["published_at"], self.instance.published_at
        if when and when.year not in YEARS:
            raise ValidationError(_("Choose a year from 1900 to 2999."))
        if when and stored and as_typed(when) == as_typed(stored):
            return stored
        self.took_first_of_two = bool(when) and is_shown_twice(when)
        return when

    def clean_translation_of(self) -> Post | None:
        original = self.cleaned_data["translation_of"]
        if original and (original.pk == self.instance.pk or original.translation_of_id):
            raise ValidationError(
                _("Choose the original, not a translation of it or the post itself.")
            )
        return original

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_known and not cleaned.get("slug"):
            cleaned["slug"] = slug_from(cleaned.get("title", ""))
        if not cleaned.get("published_at"):
            self._do_without_date(cleaned)
        if {"language", "translation_of"} & set(self.changed_data):
            self._refuse_languages_twice(cleaned)
        if self.is_stale:
            self.add_error(
                None, _("Somebody saved this post after you opened it. Nothing was overwritten.")
            )
        return cleaned

    def _refuse_languages_twice(self, cleaned: dict[str, Any]) -> None:
        joins = "translation_of" in self.changed_data
        twice = languages_twice(
            self.instance,
            language=cleaned.get("language", ""),
            original=cleaned.get("translation_of"),
            joins=joins,
        )
        if twice:
            names = ", ".join(map(language_name, by_name(twice)))
            self.add_error(
                "translation_of" if joins else "language",
                _("Original and translations would be in one language twice: %(languages)s.")
                % {"languages": names},
            )

    def _do_without_date(self, cleaned: dict[str, Any]) -> None:
        """Keep the date of a live post; a scheduled post needs a date unless it is published now."""
        if self.instance.is_live:
            cleaned["published_at"] = self.instance.published_at
        elif self.instance.is_scheduled and "_publish" not in self.data:
            self.add_error(
                "published_at",
                _("Give a date, or press “Publish” to publish it now."),
            )

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out `uid`: `clean_uid` reports a duplicate in words for people."""
        return super()._get_validation_exclusions() | {"uid"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.instance.uid = self.cleaned_data.get("uid", self.instance.uid)
        self.instance.version = self.cleaned_data.get("version") or 0
        if not self.errors and self._is_for_readers():
            self._refuse_unfit()

    def _is_for_readers(self) -> bool:
        """Return whether the pressed button leaves the post published, now or from its date on."""
        if "_publish" in self.data:
            return True
        is_published = self.instance.status == Status.PUBLISHED
        return is_published and not TAKE_AWAY & self.data.keys()

    def _refuse_unfit(self) -> None:
        """Add the reasons not to publish the post; invalid bylines report their own errors."""
        bylines = self.formset(self.data, instance=self.instance)
        if bylines.is_valid():
            derive(self.instance)
            for problem in publication_problems(self.instance, bylines=bylines.credits()):
                self.add_error(None, problem)


class BylineFormSet(BaseInlineFormSet):
    """The bylines of a post. A user who may change only their own posts must keep a byline."""

    user: User

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Give each field an accessible name: the column headers are not labels."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> None:
        super().clean()
        named = [author.pk for author, _role in self.credits()]
        if len(named) != len(set(named)):
            raise ValidationError(_("An author can be named once."))
        if self.user.has_perm("blog.change_any_post"):
            return
        own = Author.objects.filter(user=self.user).values_list("pk", flat=True)
        if not set(own) & set(named):
            raise ValidationError(
                _("You must stay among the authors, or the post would be lost to you.")
            )

    def credits(self) -> Sequence[tuple[Author, str]]:
        """Return (author, role) of each byline that is not deleted, in the order of positions."""
        lines = [
            form.cleaned_data
            for form in self.forms
            if form.is_valid()
            and form.cleaned_data.get("author")
            and not form.cleaned_data.get("DELETE")
        ]
        lines.sort(key=lambda line: line.get("position") or 0)
        return [(line["author"], line["role"]) for line in lines]
