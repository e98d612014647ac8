"""Takes in how one stays connected."""

from collections.abc import Hashable, MutableMapping, Sequence
from typing import Any
from uuid import UUID

from engawa.kernel import clock
from engawa.office.casework.intake.actions.bringing import Keyed, Kind
from engawa.office.casework.intake.queries.plans import course_of, told_quiet_contacts, told_stayings
from engawa.office.casework.intake.rules import (
    QuietContactRow,
    StayingRow,
    Unfit,
    from_day,
)
from engawa.office.casework.plans.models.staying import QuietContact, Staying


class Stayings(Keyed[StayingRow]):
    """つながり続ける. One at a time; an end says why."""

    keys, told, kind_of_row, model = ("case", "since"), told_stayings, Kind.STAYING, Staying
    fields = ("words", "care", "ended_on", "end_reason", "writer")

    def known(self) -> MutableMapping[Hashable, StayingRow]:
        known = super().known()
        self.open = {row.case for row in known.values() if row.ended_on is None}
        return known

    def fit(self, row: StayingRow) -> Unfit | None:
        if row.ended_on is None and row.case in self.open:
            return Unfit("ended_on", "いま続いているものが、すでにあります", "おわりにした日")
        if row.ended_on and row.ended_on < row.since:
            return Unfit("ended_on", "はじめた日より前です", from_day(row.since))
        if row.ended_on is None:
            self.open.add(row.case)
        return None

    def values(self, row: StayingRow) -> dict[str, Any]:
        own = {"case": self.cases[row.case], "since": row.since, "written_at": clock.now()}
        return super().values(row) | own


class QuietContacts(Keyed[QuietContactRow]):
    """静かな便り."""

    keys, told = ("case", "since", "way", "words"), told_quiet_contacts
    kind_of_row, model = Kind.QUIET_CONTACT, QuietContact
    fields = ("rhythm", "next_on", "until", "last_on", "waiting", "stopped_on")

    def __init__(self, import_id: UUID, rows: Sequence[QuietContactRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        stayings = Staying.objects.filter(case__in=self.cases.values()).select_related("case")
        self.stayings = {(one.case.number, one.since): one for one in stayings}

    def resolve(self, row: QuietContactRow) -> QuietContactRow | Unfit:
        if (row.case, row.since) not in self.stayings:
            return Unfit("since", "この日にはじめた「つながり続ける」がありません", "「つながり続ける」にある日")
        return row

    def fit(self, row: QuietContactRow) -> Unfit | None:
        if self.stayings[row.case, row.since].by_id is not None:
            return Unfit("since", "ここで書かれたものには、書き足せません", "画面で書いてください")
        return None

    def values(self, row: QuietContactRow) -> dict[str, Any]:
        staying = self.stayings[row.case, row.since]
        return super().values(row) | {"staying": staying, "way": row.way, "words": row.words}

    def said(self, row: QuietContactRow) -> dict[str, Any]:
        return course_of(row)
