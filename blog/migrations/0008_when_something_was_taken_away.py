from typing import Any

from django.db import migrations, models
from django.utils import timezone


def begin_now(apps: Any, schema_editor: Any) -> None:
    """Feeds are written otherwise from this release on, so all of them changed."""
    LastChange = apps.get_model("blog", "LastChange")
    for scope in ("posts", "replies"):
        LastChange.objects.get_or_create(scope=scope, defaults={"at": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [("blog", "0007_no_more_post_addresses")]

    operations = [
        migrations.CreateModel(
            name="LastChange",
            fields=[
                (
                    "scope",
                    models.CharField(
                        choices=[("posts", "Posts"), ("replies", "Replies")],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(begin_now, migrations.RunPython.noop),
    ]
