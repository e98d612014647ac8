"""What was known of a person before（これまでの書きかえ）: every fact that was changed, with when and by whom."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext

from engawa.office.access.actors import KEEPER, Actor
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.models import Case
from engawa.office.casework.identity.queries import open_to
from engawa.office.casework.identity.rules import NOTHING
from engawa.office.casework.people.models import OTHERS, Other, OtherReach, Person

_DEEDS = ["edit_person", "edit_facts", "keep_other", "drop_other", "step", "merge", "split"]
# Change and audit entry are of one transaction; it takes no longer than this.
_ONE_DEED = dt.timedelta(minutes=1)
_DROPPED = "delete"


@dataclass(frozen=True)
class Changed:
    """One fact as it stood until ``at``, and what took its place; ``by`` is empty where nobody noted who."""

    at: dt.datetime
    label: str
    before: str
    after: str
    by: str = ""


def changes_of(actor: Actor, case: Case) -> list[Changed]:
    """Every change of what is known of whom the case is about, as far as the actor may see it, the newest first.

    Of records that were found to be the same person, each tells its own.
    """
    if case.person is None:
        return []
    people = [case.person, *case.person.merged.all()]
    found = [change for person in people for change in _of_facts(person)]
    for model in OTHERS:
        found += _of_others(actor, case, model, people)
    return _with_names(sorted(found, key=lambda change: change.at, reverse=True), people)


def _of_facts(person: Person) -> Iterator[Changed]:
    past = person.events.order_by("-pgh_id")  # type: ignore[attr-defined] # made by pghistory
    for new, old in pairwise([person, *past]):
        for name in NOTHING:
            before, after = _said(old, name), _said(new, name)
            if before != after:
                yield Changed(old.pgh_created_at, _label(Person, name), before, after)


def _of_others(actor: Actor, case: Case, model: type[Other], people: list[Person]) -> Iterator[Changed]:
    rows: QuerySet[Any] = QuerySet(apps.get_model("casework", f"{model.__name__}Past"))
    past = open_to(actor, case, rows.filter(person__in=people).order_by("-pgh_id"))
    standing: QuerySet[Any] = QuerySet(model)
    present = {row.pk: row for row in open_to(actor, case, standing.filter(person__in=people))}
    for old in past:
        after = "" if old.pgh_label == _DROPPED else _in_line(present.get(old.pgh_obj_id))
        present[old.pgh_obj_id] = old
        if _in_line(old) != after:
            yield Changed(old.pgh_created_at, str(model.Kind(old.kind).label), _in_line(old), after)


def _with_names(changes: list[Changed], people: list[Person]) -> list[Changed]:
    """Who it was stands in the audit log, under one of the person's cases."""
    with acting_as(KEEPER):
        cases = Case.objects.filter(person__in=people).values_list("pk", flat=True)
        deeds = [f"casework.{deed}" for deed in _DEEDS]
        noted = list(Entry.objects.filter(case_id__in=list(cases), deed__in=deeds).order_by("at"))
    return [
        Changed(
            one.at,
            one.label,
            one.before,
            one.after,
            next((entry.actor_name for entry in noted if one.at <= entry.at <= one.at + _ONE_DEED), ""),
        )
        for one in changes
    ]


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # noqa: SLF001 # public by its documentation


def _said(row: Any, name: str) -> str:
    value = getattr(row, name)
    if name == "sex":
        return str(Person.Sex(value).label)
    return "" if value is None else str(value)


def _in_line(row: Any) -> str:
    """A name, an address or a number with its period and note, in one line."""
    if row is None:
        return ""
    told = [getattr(row, name, "") for name in ("name", "reading", "address", "reach")]
    told += [str(OtherReach.Message(row.message).label)] if getattr(row, "message", "") else []
    period = gettext("%(starts)s〜%(ends)s") % {"starts": row.starts_on or "", "ends": row.ends_on or ""}
    return " ".join(filter(None, [*told, period if row.starts_on or row.ends_on else "", row.note]))
