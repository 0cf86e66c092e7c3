from django.db import migrations


class Migration(migrations.Migration):
    """The queue's own indexes find what is ready. Workers ask each second for what was broken off, too."""

    dependencies = [
        ("background", "0001_schedule"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX background_by_status ON django_tasks_database_dbtaskresult (status, task_path)",
            "DROP INDEX background_by_status",
        ),
    ]
