"""Each member of a household with what troubles them and who supports them: the household at one glance."""

import datetime as dt
from dataclasses import dataclass

from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Member, Need
from engawa.office.casework.maps import sentences
from engawa.office.casework.maps.queries import household_of, needs_of, ties_of


@dataclass(frozen=True)
class Carried:
    """A member with their open needs and whatever carries them. ``member`` is None for the household as a whole."""

    member: Member | None
    called: str
    kinship: str
    sentence: str
    needs: list[Need]
    supporters: list[str]
    own: bool = False


def people_of(actor: AnyActor, case: Case, day: dt.date) -> list[Carried]:
    """Everybody of the household, and last the household itself where something concerns all.

    A tie that is cut or strained, or into which energy only goes, carries nobody.
    """
    needs = [need for need in needs_of(case) if need.settled_on is None or need.settled_on > day]
    ties = [tie for tie in ties_of(actor, case) if tie.carries]
    carried = [
        Carried(
            one.member,
            sentences.called(one),
            sentences.kinship(one),
            sentences.sentence_of(one, day),
            [need for need in needs if need.member_id == one.member.pk],
            sorted({tie.called for tie in ties if tie.member_id == one.member.pk}),
            own=one.own,
        )
        for one in household_of(actor, case)
    ]
    shared = [need for need in needs if need.member_id is None]
    supporters = sorted({tie.called for tie in ties if tie.member_id is None})
    return [*carried, Carried(None, "", "", "", shared, supporters)] if shared or supporters else carried
