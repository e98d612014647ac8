"""How the rows of 対応記録 become contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake import actions as casework
from engawa.office.casework.intake.queries.cases import case_ids, contact_codes
from engawa.office.casework.intake.queries.family import Homes, homes_of
from engawa.office.casework.intake.rules import not_listed
from engawa.office.casework.timeline.models import Contact
from engawa.office.ledger import rules
from engawa.office.ledger.actions.context import OUT_OF_REACH, Context, Verdict, unknown
from engawa.office.ledger.actions.handing import hand_over
from engawa.office.ledger.rules import Fault, Values

_COLUMNS = {"case_id": "ケース番号", "on": "対応日", "at": "時刻", "method": "手法", "counterpart": "対象"}
_COLUMNS |= {"also_with": "ほかにいた人", "members": "会った世帯員", "minutes": "所要分", "content": "概要"}
_COLUMNS |= {"own_words": "本人・家族のことば", "hearsay": "伝聞", "opinion": "見立て", "place": "場所"}
_COLUMNS |= {"codes": "内容の区分", "urgent": "至急", "next_step": "次にすること", "next_on": "いつまでに"}
_COLUMNS |= {"writer": "記録者"}


def take_contacts(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """対応記録."""
    cases = case_ids(row.cells["ケース番号"] for row in rows)
    foreign = context.out_of_reach(Case, cases)
    taken = context.out_of_reach(Contact, (row.cells["対応番号"] for row in rows))
    lists = _Lists.of(rows)

    def make(row: Values) -> casework.ContactRow | Fault:
        number = row.cells["ケース番号"]
        if number not in cases:
            return unknown("ケース番号", number, rules.CASES.name)
        if number in foreign or row.cells["対応番号"] in taken:
            return OUT_OF_REACH
        return lists.fault(row) or _row(row, cases[number], lists)

    return hand_over(context, casework.take_in_contacts, rows, make, _COLUMNS)


@dataclass(frozen=True)
class _Lists:
    """What the words of a chunk of rows mean: codes of what was done by their folded labels, and who was met."""

    codes: Mapping[str, str]
    labels: Sequence[str]
    homes: Homes

    @classmethod
    def of(cls, rows: Sequence[Values]) -> "_Lists":
        codes = contact_codes()
        met = {row.cells["ケース番号"] for row in rows if row.cells["会った世帯員"]}
        homes = homes_of(Case.objects.filter(number__in=met))
        return cls({rules.folded(label): code for label, code in codes.items()}, list(codes), homes)

    def fault(self, row: Values) -> Fault | None:
        """What is wrong with what the row says, if anything is."""
        number, cells = row.cells["ケース番号"], row.cells
        if not cells["次にすること"] and (cells["いつまでに"] or cells["済んだ日"]):
            return Fault("次にすること", "", "日付だけがあり、次にすることが空です", "次にすること、または日付も空欄")
        if others := [label for label in cells["内容の区分"] if rules.folded(label) not in self.codes]:
            return Fault("内容の区分", ";".join(others), not_listed("；".join(others)), "、".join(self.labels))
        if strangers := [word for word in cells["会った世帯員"] if self.homes.meant(number, word) is None]:
            return Fault("会った世帯員", ";".join(strangers), *self.homes.unmeant(number, strangers[0]))
        return None

    def met(self, row: Values) -> list[UUID]:
        """Whom of the household a row without fault says somebody met."""
        meant = (self.homes.meant(row.cells["ケース番号"], word) for word in row.cells["会った世帯員"])
        return [member for member in meant if member]


def _row(row: Values, case: UUID, lists: _Lists) -> casework.ContactRow:
    cells = row.cells
    return casework.ContactRow(
        number=cells["対応番号"],
        case_id=case,
        on=cells["対応日"],
        method=cells["手法"],
        counterpart=cells["対象"],
        minutes=cells["所要分"],
        content=rules.with_notes(cells["概要"], row.notes),
        own_words=cells["本人・家族のことば"],
        hearsay=cells["伝聞"],
        opinion=cells["見立て"],
        place=cells["場所"],
        next_step=cells["次にすること"],
        next_on=cells["いつまでに"],
        next_done_on=cells["済んだ日"],
        at=cells["時刻"],
        also_with=cells["ほかにいた人"],
        members=lists.met(row),
        codes=[lists.codes[rules.folded(label)] for label in cells["内容の区分"]],
        urgent=cells["至急"],
        writer=cells["記録者"],
    )
