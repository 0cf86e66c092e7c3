"""Handles loaded fixtures, and changes of images, people, categories, series and tags."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from accounts.models import Author, AuthorLink
from blog import publishing
from blog.changes import POSTS, REPLIES, note_change
from blog.models import Category, Post, Redirect, Series, Tag
from blog.models.redirect import path_of
from blog.models.taxonomy import folded_name
from blog.saving.rendering import derive
from blog.shown import INDEX, lineage, name_of
from images.models import Image
from images.signals import image_changed
from markup import picture_keys
from site_settings.signals import settings_changed
from web.shown import SCHEDULE, changed, named

SHOWN_IN_FEEDS = frozenset(
    {"name", "description", "default_language", "time_zone", "feed_items", "feed_text"}
)


@receiver(pre_save, sender=Post)
def derive_loaded(instance: Post, raw: bool, **kwargs: Any) -> None:
    """Render a post from a fixture, which has only what its author wrote."""
    if raw and not instance.body_html:
        derive(instance)


@receiver(post_save, sender=Post)
def note_images_of_loaded(instance: Post, raw: bool, **kwargs: Any) -> None:
    if raw:
        instance.images.set(Image.objects.filter(key__in=picture_keys(instance.body)))


@receiver(pre_save, sender=Tag)
def fold_name_of_tag(instance: Tag, **kwargs: Any) -> None:
    """Fold the tag's name. A signal, because fixtures skip `save()`."""
    instance.folded = folded_name(instance.name)


@receiver(pre_save, sender=Author)
@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Series)
@receiver(pre_save, sender=Tag)
def leave_redirect(sender: Any, instance: Any, raw: bool, **kwargs: Any) -> None:
    if raw or instance._state.adding:
        return
    before = sender._default_manager.filter(pk=instance.pk).first()
    if before and path_of(before) != path_of(instance):
        Redirect.objects.note_move(instance, before=path_of(before))


@receiver(settings_changed)
def note_changed_settings(names: frozenset[str], **kwargs: Any) -> None:
    """Feed readers that ask whether a feed has changed since some moment get it again."""
    if names & SHOWN_IN_FEEDS:
        note_change(POSTS)
        note_change(REPLIES)
    if "time_zone" in names:
        changed(SCHEDULE)  # scheduled posts may be of other months


@receiver(image_changed)
def show_words_of_image(image: Image, **kwargs: Any) -> None:
    """Render posts again whose HTML has the image's caption and credit; a lead image's are not in it."""
    changed(name_of(image))
    publishing.rerender(posts=Post.objects.filter(images=image))
    Post.objects.filter(lead_image=image).touch()


@receiver(post_save, sender=Author)
def show_name_of_author(instance: Author, created: bool, **kwargs: Any) -> None:
    if not created:
        Post.objects.by_author(instance).touch()


@receiver(post_save, sender=Category)
def show_name_of_category(instance: Category, created: bool, **kwargs: Any) -> None:
    if not created:
        Post.objects.in_category(instance).touch()


@receiver([post_save, pre_delete], sender=Tag)
def show_name_of_tag(instance: Tag, created: bool = False, **kwargs: Any) -> None:
    if not created:
        Post.objects.tagged(instance).touch()


@receiver(post_save, sender=Series)
def show_name_of_series(instance: Series, created: bool, **kwargs: Any) -> None:
    if not created:
        Post.objects.filter(series=instance).touch()


@receiver([post_save, pre_delete], sender=Author)
@receiver([post_save, pre_delete], sender=Series)
@receiver([post_save, pre_delete], sender=Tag)
def announce_thing(instance: Any, **kwargs: Any) -> None:
    changed(name_of(instance), INDEX)


@receiver([pre_save, pre_delete], sender=Category)
def announce_category(instance: Category, **kwargs: Any) -> None:
    """Announce a category and those above it, before and after a move."""
    stored = Category.objects.filter(pk=instance.pk).values_list("path", flat=True)
    paths = {instance.path, *stored}
    changed(INDEX, *(named(Category, path) for each in paths for path in lineage(each)))
    if len(paths) > 1:
        changed(SCHEDULE)


@receiver([post_save, post_delete], sender=AuthorLink)
def announce_author_of_link(instance: AuthorLink, **kwargs: Any) -> None:
    changed(named(Author, instance.author_id))


@receiver(post_delete, sender=Post)
@receiver([post_save, post_delete], sender=Author)
@receiver([post_save, post_delete], sender=Category)
@receiver([post_save, post_delete], sender=Series)
@receiver([post_save, post_delete], sender=Tag)
def note_what_no_post_tells(raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    """Record a change that no post's row shows: a deleted post, or a name that no post uses."""
    if not raw and not created:
        note_change(POSTS)
