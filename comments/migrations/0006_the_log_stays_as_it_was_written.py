"""Lines of the log stay as they were written; the database itself refuses to change them.

Only `by` may become empty, when an account goes. On SQLite a later migration that makes the table
anew has to call `refuse_changes` again.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = ("id", "comment_id", "was", "decision", "at", "note", "batch", "undoes")
MESSAGE = "A line of the moderation log cannot be changed"
SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
REFUSE = {
    "sqlite": [
        (
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON comments_decision FOR EACH ROW "
            "WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE FUNCTION decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON comments_decision FOR EACH ROW "
            "WHEN (NOT ({allowed})) EXECUTE FUNCTION decision_stays()"
        ),
    ],
}
ALLOW = {
    "sqlite": ["DROP TRIGGER decision_stays"],
    "postgresql": [
        "DROP TRIGGER decision_stays ON comments_decision",
        "DROP FUNCTION decision_stays()",
    ],
}


def refuse_changes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    same = [f'NEW."{column}" {SAME[vendor]} OLD."{column}"' for column in COLUMNS]
    allowed = " AND ".join(["NEW.by_id IS NULL", *same])
    for statement in REFUSE[vendor]:
        schema_editor.execute(statement.format(allowed=allowed, message=MESSAGE), params=None)


def allow_changes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in ALLOW[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0005_texts_that_are_nearly_the_same"),
    ]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
