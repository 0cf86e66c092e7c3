from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def say_when(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is approved was read from the day it was written, as far as anybody knows."""
    approved = apps.get_model("comments", "Comment").objects.filter(status="approved")
    approved.filter(appeared_at=None).update(appeared_at=F("submitted_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_what_people_ask_and_moderators_decide"),
    ]

    operations = [migrations.RunPython(say_when, migrations.RunPython.noop)]
