from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.fields import MailboxField, NameField, PortraitField
from accounts.mailboxes import mailbox_of
from accounts.models import Author, AuthorLink, User
from accounts.namesakes import namesake
from accounts.ratelimit import ENOUGH_MAILS, SIGNING_UP, would_be_too_many_mails
from web.client_address import client_address

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_LINKS = 8
USER_NAMES = ("login", "username")
PASSWORD_HELP = _("At least eight characters: not only digits, and none of those everybody uses.")


READS_LIKE_ANOTHER = _(
    "This name reads like that of somebody who writes or moderates here. Please choose another one."
)


def refuse_name_of_another(name: str, *, besides: int | None = None) -> None:
    if namesake(name, besides=besides):
        raise forms.ValidationError(READS_LIKE_ANOTHER, code="namesake")


class OwnWords:
    """Gives the fields of allauth's forms our labels and help texts, without placeholders."""

    labels: ClassVar[dict[str, str | _StrPromise]] = {
        "login": _("User name or e-mail address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
        "email": _("E-mail address"),
        "username": _("User name"),
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("The same password again"),
    }
    help_texts: ClassVar[dict[str, str | _StrPromise]] = {"password1": PASSWORD_HELP}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name in USER_NAMES:
                field.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class SignInForm(OwnWords, allauth.LoginForm):
    """The sign-in form. It limits the name: SQLite fails on a LIKE of over 50,000 characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = User._meta.get_field("email").max_length
        self.fields["login"].validators.append(MaxLengthValidator(longest))

    def clean_login(self) -> str:
        return mailbox_of(super().clean_login())


class EmailField(MailboxField):
    widget = forms.EmailInput({"autocomplete": "email"})


class SignUpForm(OwnWords, allauth.SignupForm):
    email = EmailField()
    labels = OwnWords.labels | {"password1": _("Password")}
    help_texts = OwnWords.help_texts | {
        "email": _("We send a link there, to see that it is yours. It is never shown."),
        "username": _(
            "For signing in, and shown with your replies unless you give another name in your "
            "profile. Letters a to z, digits, dots, hyphens and underscores."
        ),
    }

    def clean_email(self) -> str:
        """Refuse an address that can get no mail to confirm it today."""
        email: str = super().clean_email()
        asker = client_address(context.request)
        if would_be_too_many_mails(email, kind=SIGNING_UP, asker=asker):
            raise ValidationError(ENOUGH_MAILS)
        return email

    def clean_username(self) -> str:
        username: str = super().clean_username()
        refuse_name_of_another(username)
        return username


class ForgottenPasswordForm(OwnWords, allauth.ResetPasswordForm):
    email = EmailField()


class NewPasswordForm(OwnWords, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(OwnWords, allauth.ChangePasswordForm):
    pass


class FirstPasswordForm(OwnWords, allauth.SetPasswordForm):
    labels = SignUpForm.labels


class ChangeEmailForm(OwnWords, allauth.AddEmailForm):
    email = EmailField()
    labels = OwnWords.labels | {"email": _("New e-mail address")}


class ConfirmPasswordForm(OwnWords, allauth.ReauthenticateForm):
    pass


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name", "reply_mails")
        field_classes = {"display_name": NameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.has_perm("comments.moderate_comment"):
            del self.fields["reply_mails"]

    def clean_display_name(self) -> str:
        """Refuse a name like another's; a name that the user had before the other came may stay."""
        name: str = self.cleaned_data["display_name"]
        if "display_name" in self.changed_data:
            refuse_name_of_another(name or self.instance.username, besides=self.instance.pk)
        return name


class PortraitForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("portrait",)
        field_classes = {"portrait": PortraitField}
        help_texts = {
            "portrait": _(
                "Shown beside your replies; without one, a picture is drawn for you. "
                "JPEG, PNG, WebP, GIF or AVIF, at most 10 MB; the middle square is used, of an "
                "animation its first picture."
            )
        }


class HiddenPortraitForm(PortraitForm):
    """The portrait of an account that also has a byline."""

    class Meta(PortraitForm.Meta):
        labels = {"portrait": _("Portrait from before you had a byline")}
        help_texts = {
            "portrait": _("If your byline has a portrait, readers see that one and not this one.")
        }


class BylineForm(forms.ModelForm):
    class Meta:
        model = Author
        fields = ("name", "biography", "portrait", "website")
        field_classes = {"name": NameField, "portrait": PortraitField}
        help_texts = {
            "portrait": _(
                "JPEG, PNG, WebP, GIF or AVIF, at most 10 MB; the middle square is used, of an "
                "animation its first picture."
            )
        }


class BaseLinkFormSet(forms.BaseInlineFormSet):
    """The links of a byline, in order; a new one comes last."""

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
