from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_comments_and_decisions"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="comment",
            name="decided_at",
        ),
        migrations.RemoveField(
            model_name="comment",
            name="edited_at",
        ),
    ]
