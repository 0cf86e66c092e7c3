"""Slugs take marks on letters; labels of links must show something."""

from __future__ import annotations

from django.db import migrations, models

import accounts.fields
import accounts.names


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_portraits_of_accounts")]
    operations = [
        migrations.AlterField(
            "author",
            "slug",
            accounts.fields.UnicodeSlugField(
                blank=True,
                help_text=(
                    "The part of the page's address that names the author; made from the name "
                    "if empty."
                ),
                max_length=120,
                unique=True,
                verbose_name="address",
            ),
        ),
        migrations.AlterField(
            "authorlink",
            "label",
            models.CharField(
                max_length=60,
                validators=[accounts.names.validate_visible],
                verbose_name="text of the link",
            ),
        ),
    ]
