"""Leading a conversation: a reply pinned above it, a pause, its end. Who may, `Visitor.may_lead` says."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from blog import publishing
from blog.models import CommentPolicy, Post
from comments.exceptions import NotThere
from comments.models import Comment
from comments.verbs.counting import lock_threads

FOR_EVER = 0


@transaction.atomic
def pin(*, comment: Comment) -> None:
    """Show a reply above its thread, in the place of another one. Raises NotThere."""
    lock_threads([comment.post_id])
    replies = Comment.objects.filter(post=comment.post_id)
    replies.filter(is_pinned=True).exclude(pk=comment.pk).update(is_pinned=False)
    if not replies.approved().filter(pk=comment.pk).update(is_pinned=True):
        raise NotThere
    Post.objects.filter(pk=comment.post_id).touch()


@transaction.atomic
def unpin(*, comment: Comment) -> None:
    lock_threads([comment.post_id])
    Comment.objects.filter(pk=comment.pk).update(is_pinned=False)
    Post.objects.filter(pk=comment.post_id).touch()


def pause(*, post: Post) -> None:
    """Take no replies for a while, but those of the post's authors."""
    publishing.change_conversation(post=post, comments_paused=True)


def resume(*, post: Post) -> None:
    publishing.change_conversation(post=post, comments_paused=False)


def close(*, post: Post) -> None:
    if post.comment_policy != CommentPolicy.CLOSED:
        publishing.change_conversation(
            post=post,
            comment_policy=CommentPolicy.CLOSED,
            comment_policy_when_open=post.comment_policy,
        )


def reopen(*, post: Post) -> None:
    """Take replies again as before; a moderator reads each where the site takes none."""
    changes: dict[str, object] = {"comments_paused": False}
    if post.replies_policy == CommentPolicy.CLOSED:
        closed_everywhere = settings.PARLEY_COMMENT_POLICY == CommentPolicy.CLOSED
        as_the_site = CommentPolicy.HELD if closed_everywhere else ""
        changes["comment_policy"] = post.comment_policy_when_open or as_the_site
    if post.replies_are_over:
        changes["comments_close_after"] = FOR_EVER
    publishing.change_conversation(post=post, **changes)
