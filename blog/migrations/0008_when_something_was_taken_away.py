from typing import Any

from django.db import migrations, models
from django.utils import timezone


def begin_now(apps: Any, schema_editor: Any) -> None:
    """Feeds are written otherwise from this release on, so all of them changed."""
    noted = apps.get_model("blog", "NotedChange").objects
    for scope in ("posts", "replies"):
        noted.create(scope=scope, at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("blog", "0007_no_more_post_addresses")]

    operations = [
        migrations.CreateModel(
            name="NotedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("posts", "Posts"), ("replies", "Replies")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["scope", "-at"], name="noted_change_latest")],
            },
        ),
        migrations.RunPython(begin_now, migrations.RunPython.noop),
    ]
