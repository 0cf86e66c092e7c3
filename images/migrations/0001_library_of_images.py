import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import images.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=images.models.new_key,
                        editable=False,
                        max_length=16,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        editable=False, max_length=120, upload_to="", verbose_name="file"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="To find the image by. Readers do not see it.",
                        max_length=150,
                        verbose_name="name",
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What the image shows, for readers who cannot see it.",
                        max_length=500,
                        verbose_name="alt text",
                    ),
                ),
                (
                    "decorative",
                    models.BooleanField(
                        default=False,
                        help_text="It tells nothing that the text does not tell, and needs no alt text.",
                        verbose_name="decorative",
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=500, verbose_name="caption")),
                (
                    "credit",
                    models.CharField(
                        blank=True, help_text="Who made it.", max_length=200, verbose_name="credit"
                    ),
                ),
                (
                    "credit_url",
                    models.URLField(blank=True, max_length=500, verbose_name="link of the credit"),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all-rights-reserved", "All rights reserved"),
                            ("public-domain", "Public domain"),
                            ("cc0-1.0", "CC0 1.0"),
                            ("cc-by-4.0", "CC BY 4.0"),
                            ("cc-by-sa-4.0", "CC BY-SA 4.0"),
                            ("cc-by-nc-4.0", "CC BY-NC 4.0"),
                            ("cc-by-nd-4.0", "CC BY-ND 4.0"),
                            ("cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"),
                            ("cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0"),
                            ("cc-by-3.0", "CC BY 3.0"),
                            ("cc-by-sa-3.0", "CC BY-SA 3.0"),
                            ("cc-by-2.0", "CC BY 2.0"),
                            ("cc-by-sa-2.0", "CC BY-SA 2.0"),
                            ("other", "Other terms, named in the credit"),
                        ],
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
                (
                    "focal_x",
                    models.FloatField(
                        default=0.5,
                        help_text="Between 0 and 1. What stays in view when the image is cropped.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="focal point from the left",
                    ),
                ),
                (
                    "focal_y",
                    models.FloatField(
                        default=0.5,
                        help_text="Between 0 and 1.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="focal point from the top",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                (
                    "renditions",
                    models.JSONField(
                        default=list, editable=False, verbose_name="widths of the renditions"
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True, editable=False, max_length=7, verbose_name="main colour"
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="uploaded"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "ordering": ["-uploaded_at", "-pk"],
                "permissions": [("change_any_image", "Can change the images of others")],
                "indexes": [
                    models.Index(fields=["uploaded_by", "uploaded_at"], name="image_sent_by")
                ],
            },
        ),
    ]
