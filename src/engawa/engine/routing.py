"""Which database a model lives in, for the processes that know both."""

from typing import Any

from django.apps import apps
from django.conf import settings


def _zone(app_label: str) -> str:
    module = apps.get_app_config(app_label).name
    return str(settings.PORCH_ALIAS) if module.startswith("engawa.porch") else "default"


class ZoneRouter:
    """Porch models live in the porch database, everything else in the office's; nothing spans the two."""

    def db_for_read(self, model: Any, **_hints: object) -> str:
        return _zone(model._meta.app_label)

    def db_for_write(self, model: Any, **_hints: object) -> str:
        return _zone(model._meta.app_label)

    def allow_relation(self, one: Any, other: Any, **_hints: object) -> bool:
        return _zone(one._meta.app_label) == _zone(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        return _zone(app_label) == db
