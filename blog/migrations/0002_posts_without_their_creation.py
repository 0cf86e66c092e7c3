from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0001_posts_and_where_they_belong"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="post",
            name="created_at",
        ),
    ]
