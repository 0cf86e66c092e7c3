"""Carry over old addresses, fold names of tags, free the slugs of drafts, and straighten families."""

import unicodedata
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify


def carry_over_old_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Redirect = apps.get_model("blog", "Redirect")
    PostAddress: Any = apps.get_model("blog", "PostAddress")  # type: ignore[misc]  # gone since
    former = PostAddress.objects.values_list("address", "post_id")
    Redirect.objects.bulk_create(
        [Redirect(path=f"/{address}/", post_id=post) for address, post in former], batch_size=500
    )


def fold_names_of_tags(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Tag = apps.get_model("blog", "Tag")
    tags = list(Tag.objects.all())
    for tag in tags:
        tag.folded = " ".join(unicodedata.normalize("NFKC", tag.name).lower().split())[:300]
    Tag.objects.bulk_update(tags, ["folded"], batch_size=200)


def free_slugs_of_drafts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those made of a title that the post has or had; what somebody wrote stays."""
    posts = apps.get_model("blog", "Post").objects
    revisions = apps.get_model("blog", "Revision").objects
    drafts = posts.filter(address=None, status__in=["draft", "in_review"]).exclude(slug="")
    for pk, title, slug in drafts.values_list("pk", "title", "slug"):
        titles = revisions.filter(post_id=pk).values_list("title", flat=True)
        if slug in map(slug_as_it_was_made, {title, *titles}):
            posts.filter(pk=pk).update(slug="")


def slug_as_it_was_made(title: str) -> str:
    return slugify(title, allow_unicode=True)[:100].strip("-_") or "post"


def straighten_families(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every translation names the original, and none names another translation."""
    posts = apps.get_model("blog", "Post").objects
    named = dict(posts.exclude(translation_of=None).values_list("pk", "translation_of_id"))
    for pk, stored in named.items():
        seen = [pk]
        while seen[-1] in named and named[seen[-1]] not in seen:
            seen.append(named[seen[-1]])
        if seen[-1] in named:  # They name each other: the oldest is the original.
            loop = seen[seen.index(named[seen[-1]]) :]
            seen.append(min(loop))
        original = seen[-1] if seen[-1] != pk else None
        if original != stored:
            posts.filter(pk=pk).update(translation_of=original)


class Migration(migrations.Migration):
    dependencies = [("blog", "0005_redirects_for_all_that_has_a_slug")]
    operations = [
        migrations.RunPython(carry_over_old_addresses, migrations.RunPython.noop),
        migrations.RunPython(fold_names_of_tags, migrations.RunPython.noop),
        migrations.RunPython(free_slugs_of_drafts, migrations.RunPython.noop),
        migrations.RunPython(straighten_families, migrations.RunPython.noop),
    ]
