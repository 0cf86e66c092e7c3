from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def begin_now(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A feed tells when it last changed also where nothing stands in it yet."""
    noted = apps.get_model("blog", "NotedChange").objects.using(schema_editor.connection.alias)
    for scope in ("posts", "replies"):
        noted.create(scope=scope, at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_posts_and_where_they_belong")]

    operations = [migrations.RunPython(begin_now, migrations.RunPython.noop, elidable=False)]
