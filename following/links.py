"""The links in mails to followers: a token for a person and a post, valid for years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac

from blog.models import Post
from comments.mail_links import Purpose
from following.models import Follow

FOLLOW = Purpose("follow", timedelta(days=3650))


@dataclass(frozen=True, slots=True)
class Linked:
    """What a token stands for.

    `wishes` are all wishes that go to the same mailbox now, first the one that the mail was sent
    for.
    """

    wishes: list[Follow]
    post: Post | None

    @property
    def follow(self) -> Follow | None:
        return self.wishes[0] if self.wishes else None


def token_for(follow: Follow) -> str:
    """Return a token for a link; the address cannot be read from it."""
    return FOLLOW.sign([follow.pk, follow.post_id, _key_of(follow.address)])


def linked_by(token: str) -> Linked:
    """Return what a token stands for. Raises BadToken."""
    pk, post_id, key = FOLLOW.read(token)
    if wish := Follow.objects.filter(pk=pk).select_related("user").first():
        post_id, key = wish.post_id, _key_of(wish.address)
    there = Follow.objects.filter(post=post_id).select_related("user")
    theirs = [found for found in there if found.pk == pk or _key_of(found.address) == key]
    theirs.sort(key=lambda found: found.pk != pk)
    return Linked(wishes=theirs, post=Post.objects.without_texts().filter(pk=post_id).first())


def _key_of(address: str) -> str:
    return salted_hmac("following.links", address, algorithm="sha256").hexdigest()[:32]
