"""Writers of what hangs on a person. Whether somebody may is judged above, where the cases are."""

from django.db import transaction

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.people import rules
from engawa.office.casework.people.models import Mark, Person


@transaction.atomic
def keep_marks(person: Person) -> None:
    """Write down anew what the person may be recognised by. For actions that change a person or their names."""
    with acting_as(KEEPER):
        records = [person, *person.merged.all()]
        wanted = {mark for record in records for mark in rules.marks(record.known())}
        kept = set(person.marks.values_list("mark", flat=True))
        person.marks.exclude(mark__in=wanted).delete()
        Mark.objects.bulk_create(Mark(person=person, mark=mark) for mark in sorted(wanted - kept))


@transaction.atomic
def forget_marks(person: Person) -> None:
    """Let nobody recognise the person any more: the record was merged, or its name was taken back."""
    with acting_as(KEEPER):
        person.marks.all().delete()
