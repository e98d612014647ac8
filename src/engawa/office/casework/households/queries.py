"""Reads about households."""

from uuid import UUID

from engawa.office.casework.households.models import Secret


def secrets_with(household: UUID | None, organisation: UUID) -> int:
    """How much the organisation keeps secret of the household's members, as far as the present actor sees it."""
    return Secret.objects.filter(household=household, organisation=organisation).count() if household else 0
