"""Reads about households."""

from uuid import UUID

from django.db.models import QuerySet

from engawa.office.casework.households.models import Secret
from engawa.office.casework.people.models import Person


def secrets_with(household: UUID | None, organisation: UUID) -> int:
    """How much the organisation keeps secret of the household's members, as far as the present actor sees it."""
    return Secret.objects.filter(household=household, organisation=organisation).count() if household else 0


def of_person_elsewhere(person: Person, household: UUID | None, organisation: UUID) -> QuerySet[Secret]:
    """What the organisation keeps secret of the person as a member of other households than this."""
    theirs = Secret.objects.filter(member__person__in=[person, *person.merged.all()], organisation=organisation)
    return theirs.exclude(household=household) if household else theirs
