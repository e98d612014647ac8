"""Rows of a household or a support team, reached through the case that a page is about."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import LifeEvent, Member, Need, Relation, Secret
from engawa.office.casework.maps.models import Agency, Joining, Tie
from engawa.office.casework.maps.queries import secrets_of


def member_of(case: Case, pk: UUID) -> Member:
    """A member of the case's household.

    Raises:
        NotAllowed: there is none with this id.
    """
    found: Member = _found(Member.objects.filter(household=case.household_id).select_related("person"), pk)
    return found


def relation_of(case: Case, pk: UUID) -> Relation:
    """A relation within the case's household; as ``member_of``."""
    found: Relation = _found(Relation.objects.filter(household=case.household_id).select_related("one", "other"), pk)
    return found


def need_of(case: Case, pk: UUID) -> Need:
    """A need within the case's household; as ``member_of``."""
    found: Need = _found(Need.objects.filter(household=case.household_id), pk)
    return found


def life_event_of(case: Case, pk: UUID) -> LifeEvent:
    """Something that happened in the case's household; as ``member_of``."""
    found: LifeEvent = _found(LifeEvent.objects.filter(household=case.household_id), pk)
    return found


def secret_of(actor: AnyActor, case: Case, pk: UUID) -> Secret:
    """What the actor's own organisations keep secret within the case's household; as ``member_of``."""
    for secret in secrets_of(actor, case):
        if secret.pk == pk:
            return secret
    raise NotAllowed


def agency_of(case: Case, pk: UUID) -> Agency:
    """An agency that is or was in the case's team; as ``member_of``."""
    found: Agency = _found(Agency.objects.filter(case=case).select_related("organisation", "case"), pk)
    return found


def tie_of(case: Case, pk: UUID) -> Tie:
    """A tie that was drawn on this case; as ``member_of``."""
    found: Tie = _found(Tie.objects.filter(case=case).select_related("agency__organisation", "case"), pk)
    return found


def joining_of(case: Case, pk: UUID) -> Joining:
    """By which this case moved into its household; as ``member_of``."""
    found: Joining = _found(Joining.objects.filter(case=case), pk)
    return found


def _found(rows: QuerySet[Any], pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotAllowed
    return row
