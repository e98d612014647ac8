"""Takes in who agreed to the names that cases have."""

from typing import Any

from engawa.kernel import clock
from engawa.kernel.words import said_by
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity import rules
from engawa.office.casework.identity.models import Step
from engawa.office.casework.intake.actions.bringing import Keyed, Kind
from engawa.office.casework.intake.queries.people import told_name_steps
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.rules import NameStepRow, Unfit


class NameSteps(Keyed[NameStepRow]):
    """名前の歩み, of a case that has a name."""

    keys, told = ("case", "on", "agreed_by", "how"), told_name_steps
    kind_of_row, model, fields = Kind.NAME_STEP, Step, ("note",)

    def fit(self, row: NameStepRow) -> Unfit | None:
        person = self.cases[row.case].person
        if person is None or not person.named:
            return Unfit("case", "このケースには、名前がありません", "名前のあるケース、または先に「本人」の行")
        try:
            rules.check_step(agreed_by=row.agreed_by, how=row.how, on=row.on, today=clock.today())
        except NotPossible as wrong:
            return Unfit("how", said_by(wrong), "確かめ方、または「まだ聞いていない」")
        return None

    def values(self, row: NameStepRow) -> dict[str, Any]:
        case = self.cases[row.case]
        said = plain(row, ("on", "agreed_by", "how", "note"))
        return said | {"case": case, "person": case.person, "kind": Step.Kind.NAMED}
