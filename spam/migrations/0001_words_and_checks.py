import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comments", "0001_replies"),
    ]

    operations = [
        migrations.CreateModel(
            name="AkismetCheck",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="akismet_check",
                        serialize=False,
                        to="comments.comment",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=7)),
                ("told", models.CharField(blank=True, max_length=4)),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("hash", models.BigIntegerField(primary_key=True, serialize=False)),
                ("ham", models.PositiveIntegerField(default=0)),
                ("spam", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
