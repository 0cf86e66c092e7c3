"""Learning from decisions, and unlearning after other decisions.

What a reply taught is stored with it (`Comment.learned_as`) in the transaction that counts its
words, so nothing counts twice and an undo takes back exactly what was counted. Code that learns
locks the row that counts the replies; others wait, so no count is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction

from comments.models import Comment, Status
from spam.evidence import hashes_of
from spam.features import features_of
from spam.models import Word
from spam.rules.learned import REPLIES
from web.batches import batches

HAM, SPAM, NOTHING = "ham", "spam", ""
LESSONS: dict[str, str] = {Status.APPROVED: HAM, Status.SPAM: SPAM}
PLACES = {HAM: 0, SPAM: 1}
# SQLite takes 32,766 parameters in a statement.
BATCH = 5_000
Changes = dict[int, list[int]]


@transaction.atomic
def learn_from(ids: Collection[int]) -> list[Comment]:
    """Learn from moderators' last decisions about replies; return those that taught something new.

    The site's own decisions teach nothing, or the filter would confirm itself.
    """
    _wait_for_others()
    replies = Comment.objects.filter(pk__in=ids)
    return _teach({reply: _lesson_of(reply) for reply in replies})


@transaction.atomic
def forget(comments: Iterable[Comment]) -> list[Comment]:
    """Unlearn what these replies taught, and return those that had taught something.

    Call this before a text or website is changed or erased.
    """
    _wait_for_others()
    taught = Comment.objects.filter(pk__in=[comment.pk for comment in comments])
    return _teach(dict.fromkeys(taught.exclude(learned_as=NOTHING), NOTHING))


def _lesson_of(reply: Comment) -> str:
    return LESSONS.get(reply.status, NOTHING) if reply.decided_by_id else NOTHING


def _wait_for_others() -> None:
    Word.objects.bulk_create([Word(hash=REPLIES)], ignore_conflicts=True)
    Word.objects.select_for_update().get(hash=REPLIES)


def _teach(lessons: dict[Comment, str]) -> list[Comment]:
    changed = [reply for reply, lesson in lessons.items() if reply.learned_as != lesson]
    changes: Changes = defaultdict(lambda: [0, 0])
    for reply in changed:
        hashes = hashes_of(features_of(reply))
        for lesson, number in ((reply.learned_as, -1), (lessons[reply], 1)):
            if lesson:
                for key in hashes:
                    changes[key][PLACES[lesson]] += number
    _count(changes)
    for lesson in PLACES.keys() | {NOTHING}:
        ids = [reply.pk for reply in changed if lessons[reply] == lesson]
        Comment.objects.filter(pk__in=ids).update(learned_as=lesson)
    return changed


def _count(changes: Changes) -> None:
    for keys in batches(sorted(changes), BATCH):
        before = {word.hash: word for word in Word.objects.filter(pk__in=keys)}
        words = [before.get(key) or Word(hash=key) for key in keys]
        for word in words:
            ham, spam = changes[word.hash]
            # Never below zero, even if the site's key, and with it every hash, has changed.
            word.ham, word.spam = max(0, word.ham + ham), max(0, word.spam + spam)
        _save(words)


def _save(words: list[Word]) -> None:
    """Store the counts, and delete words that no reply taught any more."""
    gone = {word.hash for word in words if not (word.ham or word.spam)} - {REPLIES}
    Word.objects.filter(pk__in=gone).delete()
    Word.objects.bulk_create(
        [word for word in words if word.hash not in gone],
        update_conflicts=True,
        update_fields=["ham", "spam"],
        unique_fields=["hash"],
    )
