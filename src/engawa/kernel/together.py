"""Migration operations that draw new models only.

After each ``CreateModel`` Django draws every model anew that is tied to the new one; in an office nearly all are, and a
fresh database took 33 s of processor. New models change nothing in those that stand: ``Together`` they are drawn beside
them, once each.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Tables and what hangs on them, made in one step of a migration; for new models only."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (type(self).__name__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        standing = vars(state).pop("apps", None)  # while it is there, each operation draws
        known = set(state.models)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if standing is None or state.is_delayed:  # what is drawn next is drawn whole
            state.is_delayed = False
        else:
            standing.render_multiple([model for key, model in state.models.items() if key not in known])
            vars(state)["apps"] = standing

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
