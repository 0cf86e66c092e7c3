from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What may be see-through is never kept as JPEG; an opaque drawing does well without a colour too."""
    images = apps.get_model("images", "Image").objects.using(schema_editor.connection.alias)
    images.exclude(file__endswith=".jpg").update(colour="")


class Migration(migrations.Migration):
    dependencies = [("images", "0001_library_of_images")]

    operations = [
        migrations.AlterField(
            model_name="image",
            name="colour",
            field=models.CharField(
                blank=True, editable=False, max_length=7, verbose_name="main colour"
            ),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
