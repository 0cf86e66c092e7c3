"""What a rule would have caught of late, told before it is saved.

There may be thousands of replies to look at while a moderator waits: the database leaves out what
surely does not match, of the rest only the columns are read that this kind of rule asks for, and
where words are sought a look without accents comes before the thorough one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import (
    Case,
    Exists,
    Expression,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from accounts.models import User
from blog.languages import speaks
from blog.models import Byline
from comments.models import Comment
from comments.text.domains import PUNYCODE
from comments.text.reading import CAN_SPLIT_WORDS, as_typed_and_read, text_of
from folding import folded, has_lookalikes
from moderation.models import Rule
from moderation.rules.matching import COLUMNS, Traits, Written, has_words, meets

LOOKED_BACK = timedelta(days=30)
MOST_LOOKED_AT = 20_000
MOST_SHOWN = 20
MOST_COUNTED = 1000
BATCH = 1000
# By the names that Written has for them.
ASKED_FOR = {
    Rule.Kind.ACCOUNT: ("username",),
    Rule.Kind.EMAIL: ("email", "email_of_account"),
    Rule.Kind.ADDRESS: ("address_hash",),
    Rule.Kind.DOMAIN: ("name", "email", "email_of_account", "website", "body", "body_html"),
}
COLUMN_OF = dict(zip(Written._fields, COLUMNS, strict=True))
# Where domains stand as people typed them; in HTML they stand as computers write them.
EMAILS = ("email", "user__email")
TYPED = (*EMAILS, "name", "website", "body")
MARKED = reduce(or_, (Q(body__contains=sign) for sign in CAN_SPLIT_WORDS))
# The HTML only where it reads otherwise than what was typed.
MARKED_HTML = Case(When(MARKED, then="body_html"), default=Value(""), output_field=TextField())
OF_WORDS = ("name", "body", MARKED_HTML)


@dataclass(frozen=True, slots=True)
class Catch:
    """What a rule would have caught: how many replies, and the newest of them.

    `is_complete` is False where there were more replies than could be looked at.
    """

    number: int
    newest: list[Comment]
    is_complete: bool


class Octets(Func):
    """How long a text is in UTF-8: longer than in characters if not all of it is ASCII."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "LENGTH(CAST(%(expressions)s AS BLOB))"
        return self.as_sql(compiler, connection, template=template, **context)


def would_have_caught(rule: Rule) -> Catch:
    """What a rule, saved or not, would have caught in the last thirty days."""
    caught, looked_at, is_met = [], 0, _test_of(rule)
    for pk, *values in _of_late(rule).iterator(chunk_size=BATCH):
        looked_at += 1
        if is_met(*values):
            caught.append(pk)
        if len(caught) == MOST_COUNTED:
            break
    newest = Comment.objects.filter(pk__in=caught[:MOST_SHOWN]).for_queue()
    return Catch(
        number=len(caught),
        newest=list(newest.order_by("-submitted_at", "-pk")),
        is_complete=looked_at < MOST_LOOKED_AT and len(caught) < MOST_COUNTED,
    )


def _test_of(rule: Rule) -> Callable[..., bool]:
    """Whether the rule is met, asked with what ASKED_FOR names."""
    if rule.kind == Rule.Kind.WORD:
        return partial(_reads, rule.value, _longest_part(rule))
    fields = ASKED_FOR[Rule.Kind(rule.kind)]
    part = _longest_label(rule.value) if rule.kind == Rule.Kind.DOMAIN else ""

    def is_met(*values: Any) -> bool:
        written = Written(**dict(zip(fields, values, strict=True)))
        return _may_name(written, part) and meets(Traits(written), rule)

    return is_met


def _longest_label(domain: str) -> str:
    """Above the last, which many share. Of a domain that people may write otherwise than computers: ""."""
    return "" if PUNYCODE in domain else max(domain.split(".")[:-1], key=len)


def _may_name(written: Written, part: str) -> bool:
    """Whether a reply can hold this part of a domain, told without looking for domains."""
    if not part or "%" in written.body_html:
        return True
    typed = f"{written.name} {written.email} {written.email_of_account} {written.website}"
    read = as_typed_and_read(written.body, written.body_html)
    text = f"{typed} {written.body_html} {read}"
    return PUNYCODE in text.lower() or _may_hold(text, part)


def _reads(words: str, part: str, name: str, body: str, marked_html: str) -> bool:
    """The language was asked of the database."""
    may = marked_html or _may_hold(f"{name}\n{body}", part)
    return bool(may) and has_words(text_of(name, body, marked_html), words)


def _of_late(rule: Rule) -> QuerySet[Comment, tuple[Any, ...]]:
    """The newest first, narrowed by what the database can tell; not those of people at home here."""
    narrowed = Comment.objects.since(timezone.now() - LOOKED_BACK).filter(_asked_of(rule))
    moderators = list(User.objects.with_perm("comments.moderate_comment"))
    authors = Byline.objects.filter(post=OuterRef("post"), author__user=OuterRef("user"))
    strangers = narrowed.filter(Q(user=None) | ~Exists(authors)).exclude(user__in=moderators)
    newest = strangers.order_by("-submitted_at", "-pk")
    return newest.values_list("pk", *_columns(rule))[:MOST_LOOKED_AT]


def _columns(rule: Rule) -> Iterable[str | Expression]:
    if rule.kind == Rule.Kind.WORD:
        return OF_WORDS
    return [COLUMN_OF[field] for field in ASKED_FOR[Rule.Kind(rule.kind)]]


def _asked_of(rule: Rule) -> Q:
    match rule.kind:
        case Rule.Kind.ACCOUNT:
            return Q(user__username__iexact=rule.value)
        case Rule.Kind.EMAIL:
            return _any(_may_be_of(place, rule.value) for place in EMAILS)
        case Rule.Kind.ADDRESS:
            return Q(address_hash=rule.value)
        case Rule.Kind.DOMAIN:
            typed = _any(_may_hold_domain(place, rule.value) for place in TYPED)
            encoded = MARKED | Q(body_html__contains="%") | _any(map(_is_coded, TYPED))
            return typed | encoded | Q(body_html__icontains=rule.value)
        case _:
            spoken = speaks(rule.language) if rule.language else Q()
            return spoken & _may_read(_longest_part(rule))


def _may_be_of(place: str, pattern: str) -> Q:
    """A rule is about the person behind the address (`accounts.mailboxes.person_behind`)."""
    name, _at, domain = pattern.rpartition("@")
    start = "" if name == "*" else name
    return Q(**{f"{place}__startswith": start, f"{place}__endswith": f"@{domain}"})


def _may_hold_domain(place: str, domain: str) -> Q:
    """Rules have domains as computers write them: what is not ASCII may be the same, spelled otherwise."""
    return Q(**{f"{place}__icontains": domain}) | _is_not_ascii(place)


def _is_coded(place: str) -> Q:
    """It may be letters that look like those of the rule."""
    return Q(**{f"{place}__icontains": PUNYCODE})


def _longest_part(rule: Rule) -> str:
    """Of the words sought the longest, folded, if it is plain ASCII; else ""."""
    return max(filter(str.isascii, folded(rule.value).split()), key=len, default="")


def _may_read(part: str) -> Q:
    """Where accents or marks of Markdown stand between the letters, a database cannot tell."""
    as_it_stands = _any(Q(**{f"{place}__icontains": part}) for place in ("name", "body"))
    accented = _any(map(_is_not_ascii, ("name", "body")))
    return as_it_stands | MARKED | accented


def _is_not_ascii(place: str) -> Q:
    return Q(GreaterThan(Octets(place), Length(place)))


def _may_hold(text: str, part: str) -> bool:
    """Whether a text can hold this part of the words, told several times as fast as by folding it."""
    if text.isascii():
        return part in text.lower()
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ẞ", "ss"))
    return has_lookalikes(letters) or part.encode() in letters.encode("ascii", "ignore").lower()


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)
