"""Writers of what is secret in a household. Whether somebody may is judged above, where the cases are."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.households.models import Household, Member, Secret
from engawa.office.casework.households.queries import of_person_elsewhere
from engawa.office.casework.people.models import OtherAddress, OtherName, Person

# What of a member stands in the open, by the kind of secret that it may have to become.
OPEN_FIELDS = {Secret.Kind.NAME: ("name", "reading"), Secret.Kind.WHEREABOUTS: ("whereabouts",)}


@transaction.atomic
def hand_on_secrets(household: Household, *, giver: UUID, taker: UUID, giver_stays: bool) -> None:
    """Let what ``giver`` keeps secret of the members go to ``taker``, with its past.

    Where the giver still has another case of the household (``giver_stays``), both keep it from now on.
    """
    with acting_as(KEEPER):
        mine = Secret.objects.filter(household=household, organisation=giver)
        if giver_stays:
            Secret.objects.bulk_create(_copy_for(taker, secret) for secret in mine)
            return
        mine.update(organisation=taker)
        past_of_secrets().filter(household=household, organisation=giver).update(organisation=taker)


@transaction.atomic
def hand_on_secrets_elsewhere(person: Person, *, household: UUID | None, giver: UUID, taker: UUID) -> None:
    """Let ``taker`` have, as secrets of the person, what ``giver`` keeps of them as a member of another household.

    The taker may see nothing of that household; the giver keeps it there.
    """
    with acting_as(KEEPER):
        for secret in of_person_elsewhere(person, household, giver):
            _of_their_own(secret, person, taker)


@transaction.atomic
def lay_with_person(member: Member, person: Person, organisation: UUID) -> None:
    """Let what the organisation keeps secret of the member be a secret of the person: out of sight as they are.

    Their name stands with the person, too; what stood here is kept in the member's past.
    """
    with acting_as(KEEPER):
        for secret in Secret.objects.filter(member=member, organisation=organisation):
            _of_their_own(secret, person, organisation)
            secret.delete()
        member.person, member.name, member.reading = None, "", ""
        member.save(force_update=True)


def _of_their_own(secret: Secret, person: Person, organisation: UUID) -> None:
    """The same secret as one of the person, unless the organisation has that already."""
    of: dict[str, Any] = {"person": person, "organisation_id": organisation}
    if secret.kind == Secret.Kind.NAME:
        OtherName.objects.get_or_create(
            **of, kind=OtherName.Kind.SECRET, name=secret.words, defaults={"note": secret.note}
        )
    else:
        OtherAddress.objects.get_or_create(
            **of, kind=OtherAddress.Kind.SECRET, address=secret.words, defaults={"note": secret.note}
        )


@transaction.atomic
def clear_open(member: Member, kind: str) -> None:
    """Take out of the member, and of all its past, what is kept as a secret from now on.

    Whatever stood there before goes, too: who had already emptied the field would else leave it to be read.
    """
    cleared = dict.fromkeys(OPEN_FIELDS[Secret.Kind(kind)], "")
    past: QuerySet[Any] = QuerySet(apps.get_model("casework", "MemberPast"))
    with acting_as(KEEPER):
        for field in cleared:
            setattr(member, field, "")
        member.save(force_update=True, update_fields=list(cleared))
        past.filter(pgh_obj=member).update(**cleared)


def past_of_secrets() -> QuerySet[Any]:
    """What stood in secrets before."""
    return QuerySet(apps.get_model("casework", "SecretPast"))


def _copy_for(taker: UUID, secret: Secret) -> Secret:
    secret.pk, secret.organisation_id = uuid7(), taker
    return secret
