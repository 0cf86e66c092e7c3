"""Deciding about replies, and undoing decisions: the same verbs for one reply or two hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from comments.models import Comment, Status
from comments.verbs import counting
from comments.verbs.status import change_status
from moderation.models import Batch, Decision
from moderation.reporting import reopen_reports
from web.batches import batches


@dataclass
class Outcome:
    """The outcome of a decision: the replies it changed, and those it left as they were.

    `batch` holds its lines in the log, by which it can be undone, and is stored if there are any.
    `seen` are the versions that the decision was about, by the replies' ids. `in_background` is the
    number of replies left to the background: all of them, or none.
    """

    changed: list[Comment] = field(default_factory=list)
    untouched: list[Comment] = field(default_factory=list)
    batch: Batch = field(default_factory=Batch)
    seen: Mapping[int, int] = field(default_factory=dict)
    in_background: int = 0

    @property
    def versions_of_untouched(self) -> dict[int, int | None]:
        """The version that was seen of each reply that was left, by id; None if none was given."""
        return {comment.pk: self.seen.get(comment.pk) for comment in self.untouched}

    def is_edited(self, comment: Comment) -> bool:
        """Whether the latest change since then is its writer's change of the text."""
        return is_edited_since(comment, self.seen.get(comment.pk))


@dataclass(frozen=True, slots=True)
class Press:
    """What the log stores of a decision besides the change itself."""

    batch: Batch
    note: str = ""


@transaction.atomic
def decide(
    *,
    comments: Iterable[Comment],
    decision: Status,
    by: User | None,
    note: str = "",
    seen: Mapping[int, int] | None = None,
    batch: Batch | None = None,
) -> Outcome:
    """Give replies a status, log it, close their reports, and keep every count right.

    The caller checks that `by` may decide. A reply is left untouched if it has the status already
    and no open report, if only its place is left, or if it has another version than the moderator
    saw (`seen`, by the reply's id). `batch` is the batch that this decision belongs to, if there is
    one.
    """
    chosen = {comment.pk: comment.post_id for comment in comments}
    counting.lock_threads(chosen.values())
    outcome = Outcome(batch=batch or Batch(by=by), seen=seen or {})
    for ids in batches(sorted(chosen)):
        for comment in _read(ids):
            is_as_seen = outcome.seen.get(comment.pk) in {None, comment.version}
            meets = is_as_seen and _is_open_to(comment, decision)
            (outcome.changed if meets else outcome.untouched).append(comment)
    if outcome.changed:
        _give(outcome.changed, decision, by=by, press=Press(outcome.batch, note))
    return outcome


def decide_once(
    *, comments: Iterable[Comment], decision: Status, by: User, note: str, seen: Mapping[int, int]
) -> Outcome:
    """Decide about one reply. Whoever sends the same decision twice gets the first outcome again.

    The answer to the first press may have been lost on the way. `seen` has the version of the
    reply; `comments` is empty if the reply is not there. See `decide`.
    """
    outcome = decide(comments=comments, decision=decision, by=by, note=note, seen=seen)
    for comment in outcome.untouched:
        line = comment.decisions.select_related("batch").first()
        pressed = (seen[comment.pk] + 1, decision, by.pk, note)
        if line and line.batch and pressed == (line.version, line.decision, line.by_id, line.note):
            return Outcome(batch=line.batch, changed=[comment])
    return outcome


def _give(comments: list[Comment], status: Status, *, by: User | None, press: Press) -> None:
    press.batch.keep()
    change_status(comments=comments, status=status, by=by, press=press)


@transaction.atomic
def undo(
    *,
    batch: Batch,
    by: User | None,
    lines: Iterable[Decision] | None = None,
    as_batch: Batch | None = None,
) -> Outcome:
    """Give each reply of a batch back the status it had, unless it was changed since.

    Replies that were changed, or of which only the place is left, are `untouched`. `lines` are some
    lines of the batch, if it is undone in parts, and `as_batch` is the batch that the parts form.
    The caller checks that `by` may undo it.
    """
    undone = list(Decision.objects.filter(batch=batch) if lines is None else lines)
    outcome = Outcome(
        batch=as_batch or Batch(by=by, undoes=batch),
        seen={line.comment_id: line.version for line in undone},
    )
    by_status: dict[str, list[Comment]] = defaultdict(list)
    now = list(_with_comments(undone))
    stands = _approved_since([comment for _line, comment in now], outcome.seen)
    for line, comment in now:
        is_as_left = line.version == comment.version or comment.pk in stands
        if is_as_left and not comment.is_place:
            by_status[line.was].append(comment)
        else:
            outcome.untouched.append(comment)
    for was, comments in by_status.items():
        _give(comments, Status(was), by=by, press=Press(outcome.batch))
        outcome.changed += comments
    changed = {comment.pk for comment in outcome.changed}
    reopen_reports(lines=[line for line in undone if line.comment_id in changed])
    return outcome


def number_by_writers(seen: Mapping[int, int | None]) -> tuple[int, int]:
    """How many replies their writers changed since the versions seen, and how many they deleted."""
    comments = list(
        Comment.objects.filter(pk__in=seen).only("status", "text_version", "decided_by")
    )
    deleted = sum(comment.status == Status.DELETED for comment in comments)
    edited = sum(is_edited_since(comment, seen[comment.pk]) for comment in comments)
    return edited, deleted


def is_edited_since(comment: Comment, version: int | None) -> bool:
    """Whether the latest change since then is its writer's change of the text."""
    is_undecided = comment.decided_by_id is None and comment.status != Status.DELETED
    return is_undecided and comment.has_other_text_than(version)


def is_undone(*, batch: Batch, comments: Iterable[Comment]) -> bool:
    """Return whether the latest decision about one of these replies is the undo of a batch."""
    later = Decision.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    undone = Decision.objects.filter(comment__in=comments, batch__undoes=batch)
    return undone.exclude(Exists(later)).exists()


def _approved_since(comments: Iterable[Comment], seen: Mapping[int, int]) -> set[int]:
    """Return the ids of the replies that readers see and nobody decided about since.

    By changing the text once more a writer keeps no approval from being undone.
    """
    since = {comment.pk: seen[comment.pk] for comment in comments if comment.is_approved}
    lines = Decision.objects.filter(comment__in=since).values_list("comment", "version")
    return since.keys() - {pk for pk, version in lines if version > since[pk]}


def _is_open_to(comment: Comment, decision: Status) -> bool:
    if comment.is_place:
        return False
    return comment.status != decision or comment.report_count > 0


def _read(ids: Iterable[int]) -> Iterable[Comment]:
    """Read replies as they are now; the caller has locked their threads, so they stay like that."""
    return Comment.objects.filter(pk__in=ids).for_queue()


def _with_comments(lines: list[Decision]) -> Iterable[tuple[Decision, Comment]]:
    """Yield each line with its reply as it is now."""
    for some in batches(lines):
        comments = Comment.objects.filter(decisions__in=some)
        counting.lock_threads(comments.order_by().values_list("post_id", flat=True).distinct())
        by_id = {comment.pk: comment for comment in _read({line.comment_id for line in some})}
        yield from ((line, by_id[line.comment_id]) for line in some if line.comment_id in by_id)
