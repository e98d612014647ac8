"""The actor: on whose behalf something is read or written. Every query and every action takes one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from engawa.office.access.permissions import Permission


@dataclass(frozen=True)
class Actor:
    """A member of staff with what their roles allow, organisation by organisation, at this moment."""

    id: uuid.UUID
    name: str
    permissions: Mapping[uuid.UUID, frozenset[Permission]] = field(default_factory=dict)

    def may(self, permission: Permission) -> bool:
        """Whether any of the actor's organisations gives this permission."""
        return any(permission in held for held in self.permissions.values())

    def organisations_with(self, permission: Permission) -> list[uuid.UUID]:
        """The organisations in which the actor holds this permission."""
        return [organisation for organisation, held in self.permissions.items() if permission in held]

    @property
    def key(self) -> str:
        return str(self.id)


@dataclass(frozen=True)
class SystemActor:
    """A part of the system that acts by itself; ``key`` is what the audit log and the second wall know it by."""

    key: str
    name: str

    def may(self, _permission: Permission) -> bool:
        return True


COURIER = SystemActor("system:courier", "便り")
STATISTICS = SystemActor("system:statistics", "集計")
KEEPER = SystemActor("system:keeper", "番人")
COMMAND = SystemActor("system:command", "コマンド")

AnyActor = Actor | SystemActor


class NotAllowed(Exception):
    """The actor lacks the permission. Shown to a stranger as "not found" (style.md, rule 10)."""
