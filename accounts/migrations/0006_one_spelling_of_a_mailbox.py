"""Addresses of accounts get the spelling by which they are looked for from now on.

Where another account has that spelling already, both keep what they have.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.mailboxes import mailbox_mailed_before


def respell(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for app, name in (("accounts", "User"), ("account", "EmailAddress")):
        rows = apps.get_model(app, name)._default_manager.all()
        for pk, email in rows.exclude(email="").values_list("pk", "email").iterator():
            spelling = mailbox_mailed_before(email)
            if (
                spelling != email
                and not rows.exclude(pk=pk).filter(email__iexact=spelling).exists()
            ):
                rows.filter(pk=pk).update(email=spelling)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_slugs_in_any_script"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(respell, migrations.RunPython.noop, elidable=True)]
