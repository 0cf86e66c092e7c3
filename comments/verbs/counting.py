"""The counts that pages show: approved replies of a post, and approved replies below each reply.

They change in the transaction that changes a reply. Code that changes them first locks the
conversation's row, so two moderators at once neither lose a count nor deadlock. The lock on the
post's own row is for its authors; code that needs both takes the conversation's first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet

from blog.models import Post
from comments.exceptions import NotThere
from comments.models import Comment, Conversation
from comments.models.paths import paths_above
from comments.shown import threads_changed
from web.batches import batches


def lock_threads(post_ids: Iterable[int]) -> None:
    """Keep others from changing replies of these posts until the transaction ends.

    PostgreSQL locks the conversations' rows; a new reply waits for them only if it is counted at
    once. On SQLite the transaction locked the whole database when it began.
    """
    for some in batches(sorted(set(post_ids))):
        if missing := set(some) - _locked(some):
            # Only for existing posts: one may have been deleted during the wait for the lock.
            _make(Post.objects.filter(pk__in=missing).order_by("pk").values_list("pk", flat=True))
            _locked(some)


def lock_conversation(post: Post) -> Conversation:
    """Return the conversation as it is stored, with its thread locked as by `lock_threads`.

    Raises NotThere if the post was deleted meanwhile.
    """
    lock_threads([post.pk])
    conversation = Conversation.objects.filter(post=post).first()
    if conversation is None:
        raise NotThere
    conversation.post = post
    return conversation


def _locked(post_ids: list[int]) -> set[int]:
    rows = Conversation.objects.filter(post__in=post_ids).order_by("post_id")
    return set(rows.select_for_update(no_key=True).values_list("post_id", flat=True))


def _make(post_ids: Iterable[int]) -> None:
    """Store missing conversations; wait for the transactions that store the same ones."""
    rows = [Conversation(post_id=pk) for pk in post_ids]
    Conversation.objects.bulk_create(rows, ignore_conflicts=True)


def count_in(comments: Iterable[Comment]) -> None:
    """Count replies that have become approved."""
    _add(comments, 1)


def count_out(comments: Iterable[Comment]) -> None:
    """Take out of the counts replies that are not approved any more."""
    _add(comments, -1)


def _add(comments: Iterable[Comment], change: int) -> None:
    by_post: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        by_post[comment.post_id].append(comment)
    for post_id, replies in sorted(by_post.items()):
        _add_under(post_id, change * len(replies))
        _add_above(post_id, replies, change)
    threads_changed(by_post, numbers=True)


def _add_under(post_id: int, number: int) -> None:
    """Change a post's count. For a new reply this is the lock, too; the first one makes the row."""
    row = Conversation.objects.filter(post=post_id)
    by_number = F("reply_count") + number
    if not row.update(reply_count=by_number):
        _make([post_id])
        row.update(reply_count=by_number)


def _add_above(post_id: int, replies: list[Comment], change: int) -> None:
    times = Counter(path for reply in replies for path in _counted_at(reply))
    paths_by_number: dict[int, list[str]] = defaultdict(list)
    for path, number in times.items():
        paths_by_number[number].append(path)
    for number, paths in paths_by_number.items():
        for some in batches(paths):
            above = Comment.objects.filter(post_id=post_id, path__in=some)
            above.update(descendant_count=F("descendant_count") + change * number)


def _counted_at(reply: Comment) -> list[str]:
    """The paths above a reply and, at the deepest level, its parent's, which it stands beside."""
    paths = paths_above(reply.path)
    if reply.parent and len(reply.parent.path) == len(reply.path):
        paths.append(reply.parent.path)
    return paths


@transaction.atomic
def recount(*, posts: QuerySet[Post]) -> None:
    """Count again from the replies themselves, after rows were written without the verbs."""
    ids = list(posts.values_list("pk", flat=True))
    for some in batches(ids):
        lock_threads(some)
        Conversation.objects.filter(post__in=some).update(reply_count=0)
        replies = Comment.objects.filter(post__in=some)
        replies.exclude(descendant_count=0).update(descendant_count=0)
        threads_changed(some, numbers=True)
        count_in(replies.approved().select_related("parent").only("post", "path", "parent__path"))
