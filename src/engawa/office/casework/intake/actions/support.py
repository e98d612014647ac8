"""Takes in who supports a household: the support team, and the ties to whatever carries it."""

from collections.abc import Hashable, MutableMapping, Sequence
from typing import Any
from uuid import UUID

from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.office.access.models import Organisation
from engawa.office.casework.intake.actions.bringing import Keyed, Kind
from engawa.office.casework.intake.actions.households import Named
from engawa.office.casework.intake.queries import plans as told
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.rules import AgencyRow, TieRow, Unfit, from_day
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.directory.models import Resource


class Agencies(Keyed[AgencyRow]):
    """支援チーム. A body of this house is known by its name; being in the team gives no right."""

    keys, told, kind_of_row, model = ("case", "name", "since"), told.told_agencies, Kind.AGENCY, Agency
    fields = ("role", "contact_person", "phone", "until", "note")

    def __init__(self, import_id: UUID, rows: Sequence[AgencyRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        bodies = Organisation.objects.filter(name__in={row.name for row in rows})
        self.bodies = {body.name: body for body in bodies}

    def fit(self, row: AgencyRow) -> Unfit | None:
        if row.until and row.until < row.since:
            return Unfit("until", "はじめの日より前です", from_day(row.since))
        return None

    def values(self, row: AgencyRow) -> dict[str, Any]:
        body = self.bodies.get(row.name)
        own = {"case": self.cases[row.case], "since": row.since, "organisation": body, "name": "" if body else row.name}
        return super().values(row) | own


class Ties(Named[TieRow]):
    """つながり, to an agency of the team or a resource of the house where one has the name, else to the name."""

    fields = ("strength", "flow", "note")

    def known(self) -> MutableMapping[Hashable, TieRow]:
        return {self.key(row): row for row in told.told_ties(self.homes, list(self.cases.values()))}

    def key(self, row: TieRow) -> Hashable:
        return (row.case, row.who, row.name)

    def make(self, rows: list[TieRow]) -> None:
        team = Agency.objects.filter(case__in=self.cases.values()).select_related("organisation")
        agencies = {(one.case_id, one.called): one for one in team}
        resources = {one.name: one for one in Resource.objects.filter(name__in={row.name for row in rows})}
        made = []
        for row in rows:
            case = self.cases[row.case]
            to: dict[str, Any] = {"name": row.name}
            if agency := agencies.get((case.pk, row.name)):
                to = {"agency": agency}
            elif resource := resources.get(row.name):
                to = {"resource": resource}
            said = plain(row, self.fields)
            made.append(Tie(id=uuid7(), case=case, member_id=self.id_of(row, "who"), **to, **said))
            self.note(Kind.TIE, made[-1].pk, row.case)
        insert_all(made)
