"""A line of the log keeps who decided, now that no account that decided can be deleted (0007).

On SQLite a later migration that makes the table anew has to call `refuse_all_changes`, no more what
0006 names.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE_ALL = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS decision_stays",
        (
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON comments_decision FOR EACH ROW "
            "BEGIN SELECT RAISE(ABORT, 'A line of the moderation log cannot be changed'); END"
        ),
    ],
    "postgresql": [
        "DROP TRIGGER decision_stays ON comments_decision",
        (
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON comments_decision FOR EACH ROW "
            "EXECUTE FUNCTION decision_stays()"
        ),
    ],
}


def refuse_all_changes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REFUSE_ALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0007_who_decided_stays_known"),
    ]

    operations = [migrations.RunPython(refuse_all_changes, migrations.RunPython.noop)]
