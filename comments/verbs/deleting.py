"""Deleting the conversation together with its post."""

from __future__ import annotations

from django.db import connection, transaction

from blog.changes import REPLIES, note_change
from blog.models import Post
from comments.models import Comment, Conversation, Thanks
from comments.signals import thread_deleting
from comments.verbs.counting import lock_threads


@transaction.atomic
def delete_thread(*, post: Post) -> None:
    """Delete the conversation under a post, with all its replies, by a few statements.

    Django's cascade would read each reply first, and on a long thread all other writers would wait.
    """
    # Before the replies, in the same order as decisions lock them (`counting`).
    lock_threads([post.pk])
    # So that no reply is added meanwhile.
    Post.objects.select_for_update().filter(pk=post.pk).order_by().first()
    thread_deleting.send(sender=Comment, post=post)
    Thanks.objects.filter(comment__post=post).delete()
    Conversation.objects.filter(post=post).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_comment WHERE post_id = %s", [post.pk])
    note_change(REPLIES)
