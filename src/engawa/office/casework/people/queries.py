"""Reads about people."""

from collections.abc import Iterable
from uuid import UUID

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.people.models import OTHERS, Mark, Other, OtherName, Person
from engawa.office.casework.people.rules import reach_key

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


def is_news_of(person: Person, reach: str) -> bool:
    """Whether this is a number or mail address that is not written down for the person yet, not even as a secret."""
    known = [person.phone, *person.other_reaches.values_list("reach", flat=True)]
    return reach_key(reach) not in {"", *map(reach_key, known)}


def secrets_with(person: Person | None, organisation: UUID) -> int:
    """How many secrets（名・住所・連絡先）of the person the organisation keeps, as far as the present actor sees them.

    The second wall shows them to the organisation that wrote them alone: to anybody else there are none.
    """
    if person is None:
        return 0
    kept = {"person__in": [person, *person.merged.all()], "organisation": organisation, "kind": OtherName.Kind.SECRET}
    return sum(model.objects.filter(**kept).count() for model in OTHERS)


def version_of_other(row: Other) -> str:
    """Names the version of another name, address or number: how often what stands in it has changed."""
    return str(row.events.count())  # type: ignore[union-attr] # made by pghistory
