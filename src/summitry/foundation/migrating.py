"""Making the tables of an empty database without describing every one of them again after each."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState


class FirstTables(migrations.Migration):
    """The first migration of an app: all new models are told to Django's state before the first table is made.

    Django tells and makes one after the other, and renders each time again whatever is related to the newcomer: with
    150 related tables most of the work. What is added to tables where they refer to each other in a circle comes last, which
    no new table waits for. The tables come out the same.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> ProjectState:
        """Make all tables of this migration together, then do the rest as usual."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        tables = [operation for operation in self.operations if isinstance(operation, CreateModel)]
        rest = [operation for operation in self.operations if operation not in tables]
        project_state.__dict__.pop("apps", None)
        for table in tables:
            table.state_forwards(self.app_label, project_state)
        for table in tables:
            table.database_forwards(self.app_label, schema_editor, project_state, project_state)
        kind: type[migrations.Migration] = type("Rest", (migrations.Migration,), {"operations": rest})
        return kind(self.name, self.app_label).apply(project_state, schema_editor)
