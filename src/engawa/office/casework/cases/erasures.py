"""What is erased with a case（消去）: each package registers the promises of its models, and where their case is.

Lower and higher packages alike hang theirs here in ``apps.ready()``; ``retention`` works the list off. The past of a
model (``…Past``) goes with it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from engawa.kernel.privacy import Keeping

# How the rows of a model are found from what is erased: by the ids of cases, people or households.
CASE, PERSON, HOUSEHOLD = "case", "person", "household"


@dataclass(frozen=True)
class Erasure:
    """One model's part in erasing a case.

    ``path`` leads from its rows to the id of a case, or of a person or household where ``of`` says so: those go only
    with their last case. ``record_class`` is the class of record whose years count. ``drop`` takes rows away as a
    whole: they are worth nothing without what they said. ``label`` is what its rows are called when people are given
    their own records, where the package lies above ``retention``.
    """

    keeping: Keeping
    path: str
    of: str = CASE
    record_class: str = "case"
    drop: bool = False
    label: str | Promise = ""

    def present(self, ids: Iterable[UUID]) -> models.QuerySet[Any]:
        """The rows that belong to these ids now."""
        return self.keeping.model._default_manager.filter(self._belong(ids))  # noqa: SLF001 - Django's own name

    def rows(self, ids: Iterable[UUID]) -> list[models.QuerySet[Any]]:
        """The rows that belong to these ids, then those of their past: erasing a row must not leave it there."""
        present = self.present(ids)
        if self.past is None:
            return [present]
        # A row may have belonged elsewhere when its past was written: its own id finds that, too.
        own = models.Q(pgh_obj_id__in=list(present.values_list("pk", flat=True)))
        return [present, self.past._default_manager.filter(self._belong(ids) | own)]  # noqa: SLF001 - Django's own name

    def _belong(self, ids: Iterable[UUID]) -> models.Q:
        return models.Q(**{f"{self.path}__in": list(ids)})

    @property
    def past(self) -> type[models.Model] | None:
        """The model that keeps the past of the rows, where one does."""
        options = self.keeping.model._meta  # noqa: SLF001 - Django's own name
        name = f"{options.model_name}past"
        return apps.all_models[options.app_label].get(name)

    def erase(self, ids: Sequence[UUID]) -> int:
        """Take out of these rows what tells about a person; how many they were."""
        if self.drop:
            return sum(rows.delete()[0] for rows in self.rows(ids))
        if not self.keeping.personal:
            return 0
        return sum(rows.update(**self.keeping.personal) for rows in self.rows(ids))


# Destroys what lies outside of rows, such as the keys of sealed documents; answers how many things they were.
Shredder = Callable[[UUID], int]
_erasures: list[Erasure] = []
_shredders: list[tuple[str, Shredder]] = []


def register(*erasures: Erasure) -> None:
    """Let these rows go with their case; called once, in ``apps.ready()``."""
    _erasures.extend(erasures)


def register_shredder(record_class: str, shredder: Shredder) -> None:
    """Let ``shredder`` destroy what a case has of this class of record."""
    _shredders.append((record_class, shredder))


def erasures_of(record_class: str) -> list[Erasure]:
    """The registered parts of one class of record."""
    return [erasure for erasure in _erasures if erasure.record_class == record_class]


def all_erasures() -> list[Erasure]:
    """Every registered part."""
    return list(_erasures)


def shred(record_class: str, case_id: UUID) -> int:
    """Run the shredders of one class of record on a case; how many things they destroyed."""
    return sum(shredder(case_id) for known, shredder in _shredders if known == record_class)
