from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.fields import PortraitField
from accounts.models import Author, AuthorLink, User

MAX_LINKS = 8


class SignInForm(LoginForm):
    """Looks nobody up by what can be no name: SQLite fails on a LIKE of more than 50,000 signs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = User._meta.get_field("email").max_length
        self.fields["login"].validators.append(MaxLengthValidator(longest))


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name",)


class BylineForm(forms.ModelForm):
    class Meta:
        model = Author
        fields = ("name", "biography", "portrait", "website")
        field_classes = {"portrait": PortraitField}
        help_texts = {
            "portrait": _("JPEG, PNG, WebP, GIF or AVIF, at most 10 MB; the middle square is used.")
        }


class BaseLinkFormSet(forms.BaseInlineFormSet):
    """Links keep their order; a new one goes to the end."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> AuthorLink:
        form.instance.position = self.forms.index(form)
        link: AuthorLink = super().save_new(form, commit=commit)
        return link


LinkFormSet = forms.inlineformset_factory(
    Author,
    AuthorLink,
    formset=BaseLinkFormSet,
    fields=("label", "url"),
    extra=2,
    max_num=MAX_LINKS,
    validate_max=True,
    can_delete_extra=False,
)
