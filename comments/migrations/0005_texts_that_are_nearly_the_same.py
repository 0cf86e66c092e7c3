from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0004_when_replies_appeared"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="text_hash",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["text_hash", "submitted_at"], name="comment_by_text"),
        ),
    ]
