"""Writers of what hangs on a person. Whether somebody may is judged above, where the cases are."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.people import rules
from engawa.office.casework.people.models import OTHERS, Mark, Other, OtherName, Person

_NUMBER = Q(mark__startswith=rules.COUNTED)


@transaction.atomic
def keep_marks(person: Person) -> None:
    """Write down anew what the person may be recognised by. For actions that change a person or their names."""
    with acting_as(KEEPER):
        records = [person, *person.merged.all()]
        wanted = {mark for record in records for mark in rules.marks(record.known())}
        wanted |= set(Mark.objects.filter(_NUMBER, person__in=records).values_list("mark", flat=True))
        kept = set(person.marks.values_list("mark", flat=True))
        person.marks.exclude(mark__in=wanted).delete()
        Mark.objects.bulk_create(Mark(person=person, mark=mark) for mark in sorted(wanted - kept))


@transaction.atomic
def forget_marks(person: Person) -> None:
    """Let nobody recognise the person any more: the record was merged, or its name was taken back."""
    with acting_as(KEEPER):
        person.marks.exclude(_NUMBER).delete()


def counted_alike(people: Iterable[UUID]) -> list[set[UUID]]:
    """For each of these people, who counts as one person with them now; asked before their marks are erased."""
    found = []
    for person in people:
        marks = rules.counting(Mark.objects.filter(person=person).values_list("mark", flat=True))
        alike = set(Mark.objects.filter(mark__in=marks).values_list("person", flat=True)) | {person}
        found += [alike] if len(alike) > 1 else []
    return found


def count_alike(groups: Iterable[Iterable[UUID]]) -> None:
    """Let the people of each group go on counting as one person, by a random number that tells nothing of them."""
    for group in groups:
        mark = f"{rules.COUNTED}{uuid4()}"
        Mark.objects.bulk_create(Mark(person_id=person, mark=mark) for person in group)


@transaction.atomic
def hand_on_secrets(person: Person, *, giver: UUID, taker: UUID, giver_stays: bool) -> None:
    """Let the secret names, addresses and numbers that ``giver`` keeps go to ``taker``, with their past.

    Where the giver still has another case of the person (``giver_stays``), both keep them from now on.
    """
    with acting_as(KEEPER):
        mine = {"person__in": [person, *person.merged.all()], "organisation": giver, "kind": OtherName.Kind.SECRET}
        for model in OTHERS:
            rows: Any = model
            past: Any = apps.get_model("casework", f"{model.__name__}Past")
            if giver_stays:
                rows.objects.bulk_create(_copy_for(taker, row) for row in rows.objects.filter(**mine))
            else:
                rows.objects.filter(**mine).update(organisation=taker)
                past.objects.filter(**mine).update(organisation=taker)


def _copy_for(taker: UUID, row: Other) -> Other:
    row.pk, row.organisation_id = uuid7(), taker
    return row
