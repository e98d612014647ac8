"""What a model keeps about people: which fields, for how long, what is left when they are scrubbed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Value, When

from engawa.kernel.words import translated

ERASED = "（保存年限により削除）"


def filled(name: str) -> Case:
    """What a field becomes that a constraint wants filled in some rows and empty in others."""
    return Case(When(**{name: ""}, then=Value("")), default=Value(ERASED))


@dataclass(frozen=True)
class Keeping:
    """The promise of one model.

    Args:
        model: whose rows are meant.
        personal: fields that tell about a person → what each becomes when the row is scrubbed.
        plain: fields that tell nothing about a person by themselves; they stay for the statistics.
        kept: until when, in words for the privacy page and the office's own rule book.
    """

    model: type[models.Model]
    personal: Mapping[str, Any]
    plain: frozenset[str]
    kept: str

    def of_past(self, past: type[models.Model]) -> "Keeping":
        """The same promise for the model that keeps the past of these rows (django-pghistory's fields beside)."""
        beside = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj"}
        return Keeping(past, self.personal, self.plain | beside, self.kept)

    def unnamed(self) -> set[str]:
        """Fields that nobody has thought about: a test keeps this empty."""
        return {field.name for field in self.model._meta.concrete_fields} - set(self.personal) - self.plain  # noqa: SLF001 - Django's own name

    def scrub(self, row: models.Model) -> None:
        """Take out of ``row`` what tells about a person; saving it is the caller's."""
        for name, nothing in self.personal.items():
            setattr(row, name, nothing)

    def export(self, row: models.Model) -> dict[str, str]:
        """What the row tells about a person, by the names that people know, for whoever asks about themselves."""
        told = {name: getattr(row, name) for name in self.personal}
        says = {name: value for name, value in told.items() if value not in (None, "", {}, [])}
        return {
            translated(_label(self.model, name)): str(value)
            for name, value in says.items()
            if not isinstance(value, bytes | memoryview)
        }


def _label(model: type[models.Model], name: str) -> Any:
    return getattr(model._meta.get_field(name), "verbose_name", name)  # noqa: SLF001 - Django's own name
