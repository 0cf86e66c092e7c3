"""The fields of the conversation on the page on which authors write a post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import display_for_field
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.admin.parts import FormPart, register_form_part
from blog.models import Post
from comments.models import Conversation, conversation_of
from comments.verbs.leading import set_up
from site_settings.choices import ReplyMails, ReplyPolicy
from site_settings.reading import site

MOST_DAYS = 9999
# What the form calls the fields of a conversation.
FIELDS = {
    "comment_policy": "policy",
    "comments_close_after": "close_after",
    "comments_paused": "is_paused",
    "comment_notices": "notices",
}


class AsShown(forms.HiddenInput):
    """The value that a field showed when the page was opened; sent along even if it was empty."""

    def format_value(self, value: Any) -> str:
        return super().format_value(value) or ""


def form_field(name: str, **options: Any) -> Any:
    return Conversation._meta.get_field(FIELDS[name]).formfield(**options)  # type: ignore[union-attr]


class ConversationFields(forms.Form):
    """The part of a post's form that says how replies are taken.

    Only the fields that the author changed are stored. So an editor that was open while somebody
    else paused or closed the conversation undoes nothing.
    """

    comment_policy = form_field("comment_policy")
    comments_close_after = forms.IntegerField(
        label=_("Replies are taken for"), required=False, min_value=0, max_value=MOST_DAYS
    )
    comments_paused = form_field(
        "comments_paused", help_text=_("Only the post's authors can reply for the time being.")
    )
    comment_notices = form_field("comment_notices")
    instance: Post

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS.keys() & self.fields.keys():
            self.fields[name].show_hidden_initial = True
            self.fields[name].hidden_widget = AsShown
        conversation = conversation_of(self.instance)
        for name, field in FIELDS.items():
            self.initial[name] = getattr(conversation, field)
        for name, text in _as_the_site_does().items():
            if name in self.fields:
                self.fields[name].help_text = text


def _as_the_site_does() -> dict[str, str]:
    """Return the help texts of fields that can be empty: what the site does then."""
    policy = ReplyPolicy(site.reply_policy).label
    mails = ReplyMails(site.author_mails).label
    days = site.close_after
    close = ngettext("for %(days)d day", "for %(days)d days", days) if days else _("for ever")
    empty = _("Empty: as the site does (%(as)s).")
    closing = _("In days after publication; 0: for ever.")
    return {
        "comment_policy": empty % {"as": policy},
        "comments_close_after": f"{closing} {empty % {'as': str(close) % {'days': days}}}",
        "comment_notices": f"{_('To the post’s authors.')} {empty % {'as': mails}}",
    }


def save_conversation(form: Any) -> None:
    changed = {
        FIELDS[name]: form.cleaned_data[name] for name in form.changed_data if name in FIELDS
    }
    if changed:
        set_up(post=form.instance, **changed)


def shown(name: str) -> Callable[[Post], Any]:
    """Return a read-only column for those who may see the post and not change it."""
    field: Any = Conversation._meta.get_field(FIELDS[name])

    @admin.display(description=field.verbose_name)
    def show(post: Post) -> Any:
        return display_for_field(getattr(conversation_of(post), field.name), field, "-")

    show.__name__ = name
    return show


register_form_part(
    FormPart(
        fields=ConversationFields,
        fieldset=(_("Conversation"), {"fields": (*FIELDS,), "classes": ("collapse",)}),
        shown=[shown(name) for name in FIELDS],
        save=save_conversation,
    )
)
