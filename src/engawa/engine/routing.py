"""Which database a model lives in, for the processes that know both."""

from django.apps import apps
from django.conf import settings
from django.db.models import Model


def _zone(model: type[Model] | Model) -> str:
    return _alias(model._meta.app_label)  # noqa: SLF001 - Django's own name for it


def _alias(app_label: str) -> str:
    module = apps.get_app_config(app_label).name
    return str(settings.PORCH_ALIAS) if module.startswith("engawa.porch") else "default"


class ZoneRouter:
    """Porch models live in the porch database, everything else in the office's; nothing spans the two."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        return _zone(model)

    def db_for_write(self, model: type[Model], **_hints: object) -> str:
        return _zone(model)

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool:
        return _zone(one) == _zone(other)

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        return _alias(app_label) == db
