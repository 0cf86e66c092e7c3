from typing import Any

from django.db import migrations

import accounts.collation


def fill(apps: Any, schema_editor: Any) -> None:
    # A category's key begins with its parent's, whose path is shorter.
    for category in apps.get_model("blog", "Category").objects.order_by("path"):
        category.save(update_fields=["sort_key"])
    for name in ("Series", "Tag"):
        for thing in apps.get_model("blog", name).objects.iterator():
            thing.save(update_fields=["sort_key"])


def sorted_by_name(model: str, plural: str) -> migrations.AlterModelOptions:
    options = {"ordering": ["sort_key", "pk"], "verbose_name": model, "verbose_name_plural": plural}
    return migrations.AlterModelOptions(model, options)


class Migration(migrations.Migration):
    dependencies = [("blog", "0008_when_something_was_taken_away")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="sort_key",
            field=accounts.collation.SortKeyField(below="parent", default=b"", of="name"),
        ),
        migrations.AddField(
            model_name="series",
            name="sort_key",
            field=accounts.collation.SortKeyField(below="", default=b"", of="title"),
        ),
        migrations.AddField(
            model_name="tag",
            name="sort_key",
            field=accounts.collation.SortKeyField(below="", default=b"", of="name"),
        ),
        sorted_by_name("category", "categories"),
        sorted_by_name("series", "series"),
        sorted_by_name("tag", "tags"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
