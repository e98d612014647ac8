"""Reads about people."""

from collections.abc import Iterable
from uuid import UUID

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.people.models import Mark

# More people than this with the same two facts are an error of entry, not the same person.
MOST_ALIKE = 50


def ids_with_marks(marks: Iterable[str]) -> set[UUID]:
    """Who has one of these marks, in the whole house: ids and nothing else, past the second wall."""
    wanted = list(marks)
    if not wanted:
        return set()
    with acting_as(KEEPER):
        found = Mark.objects.filter(mark__in=wanted).values_list("person_id", flat=True)
        return set(found.distinct()[:MOST_ALIKE])
