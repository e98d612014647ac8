"""Gatherings of families told as rows of a ledger. The second wall shows an organisation its own."""

from collections.abc import Collection, Iterable
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from engawa.office.casework.cases.models import Case
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.family import Homes
from engawa.office.casework.intake.queries.numbers import known_by, numbers_of
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.rules import AttendanceRow, AttendeeRow, GatheringRow, SittingRow, in_order
from engawa.office.casework.timeline.models import Contact

ABOUT = ("kind", "name", "place", "leader", "about", "ended_on")
DAY = ("minutes", "theme", "nameless")


class Gatherings:
    """Some gatherings with their days, and those who take part as far as their cases are among ``cases``."""

    def __init__(self, gatherings: Iterable[Gathering], cases: Iterable[Case], homes: Homes) -> None:
        self.rows = {one.pk: one for one in gatherings}
        self.numbers = numbers_of(Brought.Kind.GATHERING, self.rows)
        self.homes = homes
        attendees = Attendee.objects.filter(Q(case=None) | Q(case__in=cases), gathering__in=self.rows)
        self.attendees = {one.pk: one for one in attendees.select_related("case")}
        self.names = numbers_of(Brought.Kind.ATTENDEE, self.attendees)

    def told(self) -> list[GatheringRow]:
        """What each gathering is."""
        return in_order(
            GatheringRow(number=self.numbers[pk], body=one.organisation.name, **plain(one, ABOUT))
            for pk, one in self.rows.items()
        )

    def told_sittings(self) -> list[SittingRow]:
        """Their days."""
        days = self.sittings.values()
        return in_order(SittingRow(number=self.numbers[one.gathering_id], **plain(one, ("on", *DAY))) for one in days)

    def told_attendees(self) -> list[AttendeeRow]:
        """Who takes part."""
        return in_order(self._attendee(one) for one in self.attendees.values())

    def _attendee(self, one: Attendee) -> AttendeeRow:
        case = one.case.number if one.case else ""
        who = self.homes.labels_in(case, [one.member]) if one.member else []
        said = plain(one, ("called", "since", "until"))
        number = self.numbers[one.gathering_id]
        return AttendeeRow(case=case, number=number, attendee=self.names[one.pk], who="".join(who), **said)

    def told_attendances(self) -> list[AttendanceRow]:
        """Who was there."""
        rows = list(Attendance.objects.filter(attendee__in=self.attendees, sitting__in=self.sittings))
        contacts = {
            one.pk: one.number or str(one.pk) for one in Contact.objects.filter(pk__in=[one.pk for one in rows])
        }
        return in_order(self._attendance(one, contacts.get(one.pk, "")) for one in rows)

    def _attendance(self, one: Attendance, contact: str) -> AttendanceRow:
        sitting = self.sittings[one.sitting_id]
        number, attendee = self.numbers[sitting.gathering_id], self.names[one.attendee_id]
        return AttendanceRow(number=number, on=sitting.on, attendee=attendee, present=one.present, contact=contact)

    @cached_property
    def everybody(self) -> dict[tuple[str, str], Attendee]:
        """All who take part, whoever may see their cases, by the numbers of gathering and attendee."""
        rows = {one.pk: one for one in Attendee.objects.filter(gathering__in=self.rows).select_related("case")}
        names = numbers_of(Brought.Kind.ATTENDEE, rows)
        return {(self.numbers[one.gathering_id], names[pk]): one for pk, one in rows.items()}

    @cached_property
    def sittings(self) -> dict[UUID, Sitting]:
        """Their days, by id."""
        return {one.pk: one for one in Sitting.objects.filter(gathering__in=self.rows)}


def gatherings_of(organisations: Collection[UUID]) -> QuerySet[Gathering]:
    """What these organisations hold."""
    return Gathering.objects.filter(organisation__in=organisations).select_related("organisation")


def gatherings_numbered(numbers: Iterable[str]) -> dict[str, Gathering]:
    """The gatherings with these numbers."""
    ids = known_by(Gathering, Brought.Kind.GATHERING, numbers)
    found = Gathering.objects.select_related("organisation").in_bulk(list(ids.values()))
    return {number: found[pk] for number, pk in ids.items()}


def course_of_attendee(one: Attendee) -> dict[str, str]:
    """How long somebody takes part: by this one sees whether anybody has gone on with it."""
    return {"until": str(one.until or "")}


def course_of_attendance(one: Attendance) -> dict[str, str]:
    """Whether somebody was there, as it is written now."""
    return {"present": str(one.present)}
