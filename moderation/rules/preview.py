"""Previews what a rule would have caught recently, before it is saved.

There may be thousands of replies to test while a moderator waits: the database leaves out those
that cannot match, by the columns that the matcher reads, and the matcher decides about the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from blog.models import Byline
from comments.models import DECIDES_ALL, Comment
from moderation.models import Rule
from moderation.rules.matching import may_meet, meets

LOOKED_BACK = timedelta(days=30)
MOST_LOOKED_AT = 20_000
MOST_SHOWN = 20
MOST_COUNTED = 1000
BATCH = 1000
# The columns that the matcher reads. No others, since the database sorts all that it reads.
OF_SENDER = ("email", "language", "address_hash", "user__username", "user__email")
OF_TEXT = {Rule.Kind.WORD: ("folded_text",), Rule.Kind.DOMAIN: ("domains",)}


@dataclass(frozen=True, slots=True)
class Catch:
    """What a rule would have caught: how many replies, and the newest of them.

    `is_complete` is False if there were more replies than were tested.
    """

    number: int
    newest: list[Comment]
    is_complete: bool


def would_have_caught(rule: Rule) -> Catch:
    """Return what a rule, saved or not, would have caught in the last thirty days."""
    caught, looked_at = [], 0
    for comment in _of_late(rule).iterator(chunk_size=BATCH):
        looked_at += 1
        if meets(comment, rule):
            caught.append(comment.pk)
        if len(caught) == MOST_COUNTED:
            break
    newest = Comment.objects.filter(pk__in=caught[:MOST_SHOWN]).for_queue()
    return Catch(
        number=len(caught),
        newest=list(newest.order_by("-submitted_at", "-pk")),
        is_complete=looked_at < MOST_LOOKED_AT and len(caught) < MOST_COUNTED,
    )


def _of_late(rule: Rule) -> QuerySet[Comment]:
    """Replies that may meet the rule, newest first, without those of moderators and authors."""
    narrowed = Comment.objects.since(timezone.now() - LOOKED_BACK).filter(may_meet(rule))
    moderators = list(User.objects.with_perm(DECIDES_ALL))
    authors = Byline.objects.filter(post=OuterRef("post"), author__user=OuterRef("user"))
    strangers = narrowed.filter(Q(user=None) | ~Exists(authors)).exclude(user__in=moderators)
    newest = strangers.order_by("-submitted_at", "-pk")
    columns = (*OF_SENDER, *OF_TEXT.get(Rule.Kind(rule.kind), ()))
    return newest.select_related("user").only(*columns)[:MOST_LOOKED_AT]
