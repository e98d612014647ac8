"""Takes in consents that were given elsewhere. Nothing is shared by that alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.kernel.words import Words
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.casework.consents.models import Consent, ConsentParty, ConsentText, Purpose, Way
from engawa.office.casework.intake.actions.bringing import Keyed, Kind
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.queries.sharing import AS_SAID, course_of_consent, in_their_order, told_consents
from engawa.office.casework.intake.rules import ConsentRow, Unfit, from_day, not_listed


class Consents(Keyed[ConsentRow]):
    """同意. What was only spoken can be vouched for by those alone who heard it: it comes in with their name.

    個人情報の保護に関する法律第69条: whoever hands something on must be able to show the consent.
    """

    keys = ("case", "on", "giver", "text", "version", "purposes", "parts", "parties")
    told, kind_of_row, model = told_consents, Kind.CONSENT, Consent
    fields = ("until", "giver_name", "way", "note", "withdrawn_on", "withdrawn_way", "withdrawal_note", "writer")

    def __init__(self, import_id: UUID, rows: Sequence[ConsentRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.purposes = dict(Purpose.objects.values_list("label", "code"))
        texts = ConsentText.objects.filter(title__in={row.text for row in rows}).order_by("version")
        self.texts = {(text.organisation_id, text.title, text.version): text for text in texts}
        bodies = Organisation.objects.filter(name__in={name for row in rows for name in row.parties})
        self.bodies = {body.name: body for body in bodies}

    def resolve(self, row: ConsentRow) -> ConsentRow | Unfit:
        """The row with its version as the house has it, and its lists in their order."""
        text = self._text(row)
        if text is None:
            known = (f"{title}（第{version}版）" for _whose, title, version in self.texts)
            return Unfit("text", "この文面（の版）は、ここにありません", "、".join(known) or "ここにある文面の題と版")
        if others := [purpose for purpose in row.purposes if purpose not in self.purposes]:
            return Unfit("purposes", not_listed("；".join(others)), "、".join(self.purposes))
        parts = in_their_order({*row.parts, Part.BASICS})
        purposes, parties = tuple(sorted(row.purposes)), tuple(sorted(row.parties))
        return replace(row, version=text.version, purposes=purposes, parts=parts, parties=parties)

    def _text(self, row: ConsentRow) -> ConsentText | None:
        """The words of the organisation that holds the case, else those of the house; without a version the newest."""
        for whose in (self.cases[row.case].organisation_id, None):
            versions = [version for owner, title, version in self.texts if (owner, title) == (whose, row.text)]
            version = row.version or max(versions, default=0)
            if text := self.texts.get((whose, row.text, version)):
                return text
        return None

    def fit(self, row: ConsentRow) -> Unfit | None:
        if row.way != Way.PAPER and not row.writer:
            problem = Words("口頭やチャットの同意は、聞いた人の名前がないと、だれにも確かめられません")
            return Unfit("writer", problem, "聞いた人の名前。わからないときは、もう一度たずねて画面で記録してください")
        if row.until < row.on:
            return Unfit("until", "同意した日より前の日です", from_day(row.on))
        if row.withdrawn_on and row.withdrawn_on < row.on:
            return Unfit("withdrawn_on", "同意した日より前の日です", from_day(row.on))
        if row.withdrawn_on is None and (row.withdrawn_way or row.withdrawal_note):
            return Unfit("withdrawn_on", "取りやめた日が空です", "取りやめた日、または取りやめの列も空欄")
        return None

    def values(self, row: ConsentRow) -> dict[str, Any]:
        own = {"case": self.cases[row.case], "text": self._text(row), "given_on": row.on, "ends_on": row.until}
        lists = {"purposes": [self.purposes[word] for word in row.purposes], "parts": list(row.parts)}
        return plain(row, (*AS_SAID, "writer")) | own | lists

    def make(self, rows: list[ConsentRow]) -> None:
        made, parties = [], []
        for row in rows:
            one = Consent(id=uuid7(), **self.values(row))
            self.note(Kind.CONSENT, one.pk, row.case, **course_of_consent(one))
            made.append(one)
            for name in row.parties:
                body = self.bodies.get(name)
                parties.append(ConsentParty(consent=one, organisation=body, agency="" if body else name))
        insert_all(made)
        insert_all(parties)
