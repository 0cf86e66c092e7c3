"""The forms of a rule: about typed values, or about a trait of one reply's writer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mailboxes import mailbox_of, person_behind, validate_mailbox
from accounts.models import User
from comments.models import DECIDES_ALL, Comment
from comments.text.domains import host_of, linked_domains, normal_domain, with_those_above
from folding import folded
from moderation.models import Rule
from moderation.rules.matching import domains_of_emails, emails_of, username_of
from web.moments import MomentField

DOMAIN = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
A_CENTURY = timedelta(days=36_525)
TOO_FAR = _("This is more than a hundred years ahead. Leave it empty for a rule without an end.")
ADDRESS_LASTS = _(
    "Network addresses are kept as keys that change each week, so such a rule works for some days."
)


class RuleForm(forms.ModelForm):
    """The fields that can be changed later: the rule's effect, its end and its note."""

    expires_at = MomentField(
        label=_("until"),
        required=False,
        help_text=_("Empty: until somebody deletes the rule."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_FORMAT),
    )

    class Meta:
        model = Rule
        fields = ("effect", "expires_at", "note")
        widgets = {"effect": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        effect: Any = self.fields["effect"]
        effect.choices = Rule.Effect.choices

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if moment and moment <= timezone.now():
            raise ValidationError(_("This moment is over already."))
        # Near the last year of the calendar a database and Python disagree on which dates exist.
        if moment and moment > timezone.now() + A_CENTURY:
            raise ValidationError(TOO_FAR)
        return moment

    def _is_about(self, kind: str, value: str, language: str = "") -> None:
        """Set what the rule is about. Raises ValidationError for a second or impossible rule."""
        rule = self.instance
        rule.kind, rule.value, rule.language = kind, value, language
        # It may have grown since it was typed: some letters have two in lower case.
        Rule._meta.get_field("value").run_validators(value)
        same = Rule.objects.filter(kind=kind, value=value, language=language).exclude(pk=rule.pk)
        if same.exists():
            raise ValidationError(_("There is a rule about this already. Change that one instead."))


class TypedRuleForm(RuleForm):
    kind = forms.ChoiceField(
        label=_("kind"),
        choices=[choice for choice in Rule.Kind.choices if choice[0] != Rule.Kind.ADDRESS],
    )
    value = forms.CharField(
        label=_("value"),
        max_length=254,
        help_text=_(
            "A user name; an e-mail address, or *@example.org for all of a domain; a domain, with "
            "those below it; or a word or phrase, in any capitals and accents."
        ),
    )
    language = forms.ChoiceField(
        label=_("language"),
        required=False,
        choices=[("", _("every language")), *settings.LANGUAGES],
        help_text=_("Of words and phrases: under articles in which language they count."),
    )
    field_order = ("kind", "value", "language", "effect", "expires_at", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("kind", "value", "language"):
                self.initial[name] = getattr(self.instance, name)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if "kind" in typed and "value" in typed:
            try:
                value = NORMAL[typed["kind"]](typed["value"])
                language = typed.get("language", "") if typed["kind"] == Rule.Kind.WORD else ""
                self._is_about(typed["kind"], value, language)
            except ValidationError as error:
                self.add_error("value", error)
        return typed


class Trait(NamedTuple):
    """What the writer of a reply is known by."""

    kind: Rule.Kind
    value: str
    label: str


class TraitRuleForm(RuleForm):
    """A rule about the writer of one reply, by one trait."""

    trait = forms.ChoiceField(label=_("by"), widget=forms.RadioSelect)
    field_order = ("trait", "effect", "expires_at", "note")

    def __init__(self, *args: Any, reply: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reply = reply
        self.traits = traits_of(reply)
        field: Any = self.fields["trait"]
        field.choices = [(key, trait.label) for key, trait in self.traits.items()]
        field.help_text = ADDRESS_LASTS if reply.address_hash else ""
        self.initial.setdefault("trait", next(iter(self.traits), ""))
        self.initial["effect"] = Rule.Effect.BAN
        self.initial["note"] = gettext("Reply %(number)s") % {"number": reply.pk}

    def clean_trait(self) -> str:
        key: str = self.cleaned_data["trait"]
        trait = self.traits[key]
        self._is_about(trait.kind, trait.value)
        return key


class KnownRuleForm(RuleForm):
    """Changes a rule about a network address, which nobody can type."""


def traits_of(reply: Comment) -> dict[str, Trait]:
    """Return the writer's traits, the surest first, by the keys that the page sends."""
    kind, account, emails = Rule.Kind, username_of(reply), sorted(emails_of(reply))
    hosts = linked_domains(reply.website, reply.reading) | domains_of_emails(reply)
    domains = sorted({above for host in hosts for above in with_those_above(host)})
    # Values by what the page has of them: of a network address the reply's number, never the hash.
    known = (
        (kind.ACCOUNT, {account: account}, gettext("the account %s")),
        (kind.EMAIL, {email: email for email in emails}, gettext("the e-mail address %s")),
        (kind.ADDRESS, {reply.pk: reply.address_hash}, gettext("the network address of reply %s")),
        (
            kind.DOMAIN,
            {domain: domain for domain in domains},
            gettext("everything of the domain %s"),
        ),
    )
    return {
        f"{name}:{shown}": Trait(name, value, text % shown)
        for name, values, text in known
        for shown, value in values.items()
        if value
    }


def normal_account(typed: str) -> str:
    user = User.objects.filter(username__iexact=typed.strip()).first()
    if user is None:
        raise ValidationError(_("Nobody has this user name."))
    if user.has_perm(DECIDES_ALL):
        raise ValidationError(_("This is a moderator, whom no rule keeps out."))
    return user.get_username().lower()


def normal_pattern(typed: str) -> str:
    """Return an e-mail address, or "*@" and a domain. Raises ValidationError."""
    pattern = mailbox_of(typed)
    if pattern.startswith("*@"):
        return "*@" + normal_name(pattern[2:])
    validate_mailbox(pattern)
    return person_behind(pattern)


def normal_name(typed: str) -> str:
    """Return a domain, also of a pasted web address. Raises ValidationError."""
    wrong = ValidationError(_("Enter a domain such as example.org."))
    try:
        domain = host_of(typed.strip()) if "//" in typed else normal_domain(typed)
    except ValueError:
        raise wrong from None
    if not DOMAIN.fullmatch(domain):
        raise wrong
    return domain


def normal_words(typed: str) -> str:
    words = " ".join(typed.lower().split())
    if not re.search(r"\w", folded(words)):
        raise ValidationError(_("Enter a word with at least one letter or digit."))
    return words


NORMAL = {
    str(Rule.Kind.ACCOUNT): normal_account,
    str(Rule.Kind.EMAIL): normal_pattern,
    str(Rule.Kind.DOMAIN): normal_name,
    str(Rule.Kind.WORD): normal_words,
}
