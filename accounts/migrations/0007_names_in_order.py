from typing import Any

from django.db import migrations

import accounts.collation


def fill(apps: Any, schema_editor: Any) -> None:
    for author in apps.get_model("accounts", "Author").objects.only("name").iterator():
        author.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_one_spelling_of_a_mailbox")]

    operations = [
        migrations.AddField(
            model_name="author",
            name="sort_key",
            field=accounts.collation.SortKeyField(below="", default=b"", of="name"),
        ),
        migrations.AlterModelOptions(
            name="author",
            options={
                "ordering": ("sort_key", "pk"),
                "permissions": (("change_any_author", "Can change the bylines of others"),),
                "verbose_name": "author",
                "verbose_name_plural": "authors",
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
