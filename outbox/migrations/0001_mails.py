import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, null=True)),
                ("about", models.BigIntegerField(default=0)),
                ("whom", models.CharField(blank=True, max_length=40)),
                ("occasion", models.CharField(blank=True, max_length=40)),
                ("sender", models.CharField(max_length=320)),
                ("recipients", models.JSONField()),
                ("message", models.BinaryField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(db_index=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "about", "whom", "occasion"), name="mail_once"
                    )
                ],
            },
        ),
    ]
