"""Takes in gatherings of families, their days, who takes part, and who was there."""

from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.office.access.models import Organisation
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.intake.actions.bringing import Bringing, Kind
from engawa.office.casework.intake.queries.cases import contacts_known
from engawa.office.casework.intake.queries.family import Homes
from engawa.office.casework.intake.queries.gatherings import (
    ABOUT,
    DAY,
    Gatherings,
    course_of_attendance,
    course_of_attendee,
    gatherings_numbered,
)
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.rules import (
    AttendanceRow,
    AttendeeRow,
    GatheringRow,
    OfGathering,
    SittingRow,
    Unfit,
    from_day,
)

Kept = TypeVar("Kept", bound=OfGathering)


class InGatherings(Bringing[Kept]):
    """Rows about gatherings that are known by their numbers."""

    def __init__(self, import_id: UUID, rows: Sequence[Kept], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.gatherings = gatherings_numbered(row.number for row in rows)
        self.homes = Homes(self.cases.values())
        self.house = Gatherings(self.gatherings.values(), self.cases.values(), self.homes)

    def resolve(self, row: Kept) -> Kept | Unfit:
        if row.number not in self.gatherings:
            return Unfit("number", "この番号の集まりが、「家族の集まり」にありません", "「家族の集まり」にある番号")
        return row


class AllGatherings(InGatherings[GatheringRow]):
    """家族の集まり, each of a body of this house."""

    fields = ("body", *ABOUT)

    def known(self) -> MutableMapping[Hashable, GatheringRow]:
        self.bodies = {one.name: one for one in Organisation.objects.filter(name__in={row.body for row in self.rows})}
        return {row.number: row for row in self.house.told()}

    def key(self, row: GatheringRow) -> Hashable:
        return row.number

    def resolve(self, row: GatheringRow) -> GatheringRow | Unfit:
        if row.body not in self.bodies:
            return Unfit("body", "この機関は、ここにありません", "ここにある機関の名称")
        return row

    def make(self, rows: list[GatheringRow]) -> None:
        made = [Gathering(id=uuid7(), organisation=self.bodies[row.body], **plain(row, ABOUT)) for row in rows]
        for row, one in zip(rows, made, strict=True):
            self.note(Kind.GATHERING, one.pk, number=row.number)
        insert_all(made)


class Sittings(InGatherings[SittingRow]):
    """集まりの回, one a day."""

    fields = DAY

    def known(self) -> MutableMapping[Hashable, SittingRow]:
        return {self.key(row): row for row in self.house.told_sittings()}

    def key(self, row: SittingRow) -> Hashable:
        return (row.number, row.on)

    def resolve(self, row: SittingRow) -> SittingRow | Unfit:
        return super().resolve(replace(row, nameless=row.nameless or 0))

    def make(self, rows: list[SittingRow]) -> None:
        made = []
        for row in rows:
            made.append(Sitting(id=uuid7(), gathering=self.gatherings[row.number], on=row.on, **plain(row, DAY)))
            self.note(Kind.SITTING, made[-1].pk)
        insert_all(made)


class Attendees(InGatherings[AttendeeRow]):
    """集まりの参加者: a family of a case, or somebody by what they want to be called and nothing else."""

    fields = ("case", "who", "called", "since", "until")

    def known(self) -> MutableMapping[Hashable, AttendeeRow]:
        self.open = {self._place(one.gathering_id, one.case_id, one.member) for one in self._attending()}
        told = {self.key(row): row for row in self.house.told_attendees()}
        return {key: told.get(key, AttendeeRow()) for key in self.house.everybody}

    def _attending(self) -> list[Attendee]:
        return [one for one in self.house.attendees.values() if one.case_id and one.until is None]

    @staticmethod
    def _place(gathering: UUID, case: UUID | None, member: UUID | None) -> Hashable:
        return (gathering, case, member)

    def key(self, row: AttendeeRow) -> Hashable:
        return (row.number, row.attendee)

    def resolve(self, row: AttendeeRow) -> AttendeeRow | Unfit:
        """The row as the household calls whoever comes."""
        if not row.case and row.who:
            return Unfit("who", "だれのことか、ケース番号がないのでわかりません", "ケース番号も、または呼び名だけ")
        if row.who:
            meant = self.homes.meant(row.case, row.who)
            if meant is None:
                return Unfit("who", *self.homes.unmeant(row.case, row.who))
            row = replace(row, who=self.homes.label_in(row.case, meant))
        return super().resolve(row)

    def fit(self, row: AttendeeRow) -> Unfit | None:
        if not row.case and not row.called:
            return Unfit("called", "ケース番号も呼び名も空です", "ケース番号か呼び名。呼び名だけでもかまいません")
        if row.until and row.until < row.since:
            return Unfit("until", "はじめの日より前です", from_day(row.since))
        if row.case and row.until is None:
            place = self._place(self.gatherings[row.number].pk, self.cases[row.case].pk, self._member(row))
            if place in self.open:
                return Unfit("case", "この家族は、もう参加しています", "前の参加の「いつまで」、または空の行")
            self.open.add(place)
        return None

    def _member(self, row: AttendeeRow) -> UUID | None:
        return self.homes.meant(row.case, row.who) if row.who else None

    def make(self, rows: list[AttendeeRow]) -> None:
        made = []
        for row in rows:
            one = Attendee(id=uuid7(), gathering=self.gatherings[row.number], case=self.cases.get(row.case))
            one.member, one.called, one.since, one.until = self._member(row), row.called, row.since, row.until
            self.note(Kind.ATTENDEE, one.pk, row.case, number=row.attendee, **course_of_attendee(one))
            made.append(one)
        insert_all(made)


class Attendances(InGatherings[AttendanceRow]):
    """集まりの出席. Whoever has a case came in a contact of it: that stands in 対応記録, and is named by its number."""

    fields = ("present", "contact")

    def __init__(self, import_id: UUID, rows: Sequence[AttendanceRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        cases = [one.case for one in self.house.everybody.values() if one.case]
        self.house = Gatherings(self.gatherings.values(), cases, Homes(cases))
        days = self.house.sittings.values()
        self.sittings = {(self.house.numbers[one.gathering_id], one.on): one for one in days}
        self.contacts = contacts_known(row.contact for row in rows if row.contact)
        met = [contact.pk for contact in self.contacts.values()]
        self.taken = set(Attendance.objects.filter(pk__in=met).values_list("pk", flat=True))

    def known(self) -> MutableMapping[Hashable, AttendanceRow]:
        return {self.key(row): row for row in self.house.told_attendances()}

    def key(self, row: AttendanceRow) -> Hashable:
        return (row.number, row.on, row.attendee)

    def resolve(self, row: AttendanceRow) -> AttendanceRow | Unfit:
        if (row.number, row.attendee) not in self.house.everybody:
            return Unfit("attendee", "この番号の参加者が、この集まりにいません", "「集まりの参加者」にある番号")
        if (row.number, row.on) not in self.sittings:
            return Unfit("on", "この日の回が、「集まりの回」にありません", "「集まりの回」にある日")
        return super().resolve(row)

    def _attendee(self, row: AttendanceRow) -> Attendee:
        return self.house.everybody[row.number, row.attendee]

    def fit(self, row: AttendanceRow) -> Unfit | None:
        if not row.contact:
            return None
        contact = self.contacts.get(row.contact)
        if contact is None or contact.case_id != self._attendee(row).case_id:
            return Unfit(
                "contact", "この番号の対応が、このケースの「対応記録」にありません", "このケースの対応番号、または空欄"
            )
        if contact.pk in self.taken:
            return Unfit("contact", "この対応は、ほかの出席のものです", "ほかの対応番号、または空欄")
        self.taken.add(contact.pk)
        return None

    def make(self, rows: list[AttendanceRow]) -> None:
        made = []
        for row in rows:
            contact = self.contacts.get(row.contact)
            one = Attendance(id=contact.pk if contact else uuid7(), attendee=self._attendee(row), present=row.present)
            one.sitting = self.sittings[row.number, row.on]
            self.note(Kind.ATTENDANCE, one.pk, **course_of_attendance(one))
            made.append(one)
        insert_all(made)
