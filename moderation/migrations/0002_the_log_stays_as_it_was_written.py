"""Lines of the log stay as they were written; the database itself refuses to change them.

On SQLite a later migration that makes the table anew has to call `refuse_changes` again.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGE = "A line of the moderation log cannot be changed"
REFUSE = {
    "sqlite": [
        (
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON moderation_decision FOR EACH ROW "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE FUNCTION decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON moderation_decision FOR EACH ROW "
            "EXECUTE FUNCTION decision_stays()"
        ),
    ],
}
ALLOW = {
    "sqlite": ["DROP TRIGGER decision_stays"],
    "postgresql": [
        "DROP TRIGGER decision_stays ON moderation_decision",
        "DROP FUNCTION decision_stays()",
    ],
}


def refuse_changes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REFUSE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def allow_changes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in ALLOW[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_decisions_rules_and_reports")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
