from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_feeds_begin_now")]

    operations = [
        migrations.AddIndex(
            model_name="taggedpost",
            index=models.Index(fields=["tag", "-content_object"], name="newest_tagged_first"),
        ),
    ]
