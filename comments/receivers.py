"""The conversation's work on loaded fixtures, deleted posts, changed names, proven addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver

from accounts.models import Author, User
from blog.changes import REPLIES, note_change
from blog.models import Post
from blog.signals import post_deleting
from comments.derived import derive
from comments.models import Comment, Conversation
from comments.shown import account
from comments.verbs import counting
from comments.verbs.claiming import claim
from comments.verbs.deleting import delete_thread
from comments.verbs.rendering import derive_words_of
from web.shown import changed


@receiver(pre_save, sender=Comment)
def derive_loaded(instance: Comment, raw: bool, **kwargs: Any) -> None:
    """Derive the fields that a fixture of replies leaves out."""
    instance.is_bare = raw and not instance.path
    if instance.is_bare:
        derive(instance)
        instance.appeared_at = instance.submitted_at if instance.is_approved else None


@receiver(post_save, sender=Comment)
def count_loaded(instance: Comment, **kwargs: Any) -> None:
    if instance.is_bare:
        counting.recount(posts=Post.objects.filter(pk=instance.post_id))


@receiver(post_save, sender=Conversation)
def count_under_loaded(instance: Conversation, raw: bool, **kwargs: Any) -> None:
    """Count the replies if a fixture of conversations leaves their number out."""
    if raw and not instance.reply_count:
        counting.recount(posts=Post.objects.filter(pk=instance.post_id))


@receiver(post_deleting)
def delete_conversation(post: Post, **kwargs: Any) -> None:
    delete_thread(post=post)


@receiver(post_save, sender=User)
def rename_account(instance: User, created: bool, **kwargs: Any) -> None:
    if not created and kwargs["update_fields"] != {"last_login"}:
        changed(account(instance.pk))
        _rename(instance)


@receiver(post_save, sender=Author)
def rename_author(instance: Author, **kwargs: Any) -> None:
    if instance.user:
        _rename(instance.user)


@receiver([pre_save, post_save, pre_delete], sender=Author)
def announce_account(instance: Author, **kwargs: Any) -> None:
    """Announce the account whose replies have the byline's portrait and link, now or before."""
    stored = Author.objects.filter(pk=instance.pk).values_list("user_id", flat=True)
    changed(*(account(user_id) for user_id in {instance.user_id, *stored} if user_id))


@receiver(pre_delete, sender=User)
def announce_deleted_account(instance: User, **kwargs: Any) -> None:
    """Announce the account whose replies lose its portrait and link."""
    changed(account(instance.pk))


def _rename(user: User) -> None:
    """Rename the replies: they store the name, so that a thread is read without accounts."""
    name = user.public_name
    if Comment.objects.filter(user=user).exclude(name=name).update(name=name):
        note_change(REPLIES)
        derive_words_of.enqueue(user.pk)


@receiver(email_confirmed)
def claim_replies(email_address: EmailAddress, **kwargs: Any) -> None:
    """Give an account the replies that were written as a guest with the address it has proven."""
    claim(user=email_address.user, email=email_address.email)
