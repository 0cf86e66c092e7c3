from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

LAST = ("excerpt_html", "toc", "body", "body_html", "body_text")


class LongColumnsLast(migrations.operations.base.Operation):
    """SQLite walks past what stands before a column, and a new one stands behind the long ones."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        post = state.models[app_label, "post"]
        post.fields.update({name: post.fields.pop(name) for name in LAST})
        state.reload_model(app_label, "post")

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            editor: Any = schema_editor
            editor._remake_table(to_state.apps.get_model(app_label, "post"))

    def database_backwards(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the order matters to speed alone."""

    def describe(self) -> str:
        return "Put the long columns of posts last"


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0009_names_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="more_label",
            field=models.CharField(default="", editable=False, max_length=100),
        ),
        LongColumnsLast(),
    ]
