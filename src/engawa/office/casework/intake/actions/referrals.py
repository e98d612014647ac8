"""Takes in to whom people were introduced. What was handed on needs the basis that it needs on screen."""

from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.kernel.words import said_by
from engawa.office.access.models import Organisation
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.consents.queries import given
from engawa.office.casework.intake.actions.bringing import Kind
from engawa.office.casework.intake.actions.households import Named
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.queries.sharing import AS_REFERRED, in_their_order, told_referrals
from engawa.office.casework.intake.rules import SELF, ReferralRow, Unfit, not_listed
from engawa.office.casework.referrals import rules
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.referrals.queries import names
from engawa.office.directory.models import Resource


class Referrals(Named[ReferralRow]):
    """つなぎ, to a body or a resource of this house where one has the name, else to the name."""

    fields = (*(name for name in AS_REFERRED if name != "on"), "parts", "consented_on", "writer")

    def __init__(self, import_id: UUID, rows: Sequence[ReferralRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.kinds = {kind.label: kind for kind in ReferralKind.objects.all()}
        places = {row.to for row in rows}
        self.bodies = {body.name: body for body in Organisation.objects.filter(name__in=places)}
        self.resources = {one.name: one for one in Resource.objects.filter(name__in=places)}
        found = Consent.objects.filter(case__in=self.cases.values()).prefetch_related("parties")
        self.consents = list(found.order_by("-given_on", "id"))

    def known(self) -> MutableMapping[Hashable, ReferralRow]:
        rows = told_referrals(self.homes, list(self.cases.values()))
        self.known_rows: dict[Hashable, ReferralRow] = {self.key(row): row for row in rows}
        return self.known_rows

    def key(self, row: ReferralRow) -> Hashable:
        return (row.case, row.on, row.to, row.kind, row.who)

    def resolve(self, row: ReferralRow) -> ReferralRow | Unfit:
        """The 本人 is nobody in particular; whoever has left the household is still whom a known row means."""
        if row.kind not in self.kinds:
            return Unfit("kind", not_listed(row.kind), "、".join(self.kinds))
        row = replace(row, parts=in_their_order(row.parts), who="" if row.who == SELF else row.who)
        if self.key(row) in self.known_rows:
            return row
        found = super().resolve(row)
        if isinstance(found, Unfit):
            return found
        return replace(found, who="" if found.who == SELF else found.who)

    def fit(self, row: ReferralRow) -> Unfit | None:
        today = clock.today()
        try:
            rules.check_answer(row.answer, row.answer_words, on=row.on, answered_on=row.answered_on, today=today)
        except NotPossible as wrong:
            return Unfit("answered_on" if row.answered_on else "answer_words", said_by(wrong), "ありうる返事")
        if (row.answer in (Referral.Answer.TAKEN, Referral.Answer.DECLINED)) != bool(row.answered_on):
            return Unfit("answered_on", "返事と返事の日は、両方要ります", "両方、または両方とも空欄")
        if not row.parts and (row.basis or row.consented_on):
            return Unfit("parts", "伝えた根拠がありますが、「伝えた範囲」が空です", "伝えた範囲、または根拠も空欄")
        return self._unfounded(row)

    def _unfounded(self, row: ReferralRow) -> Unfit | None:
        """What is wrong with the basis of what was handed on."""
        if row.basis == rules.CONSENT and not self._of_that_day(row):
            return Unfit("consented_on", "この日の同意が、「同意」にありません", "「同意」にある、同意した日")
        if row.basis != rules.CONSENT and row.consented_on:
            return Unfit("consented_on", "伝えた根拠が同意ではありません", "空欄、または根拠を同意に")
        try:
            rules.check_handed(self._handed(row, self._consent(row)), row.on)
        except NotPossible as wrong:
            return Unfit("parts", said_by(wrong), "伝えてよい範囲と根拠")
        return None

    def _of_that_day(self, row: ReferralRow) -> list[Consent]:
        case = self.cases[row.case].pk
        return [one for one in self.consents if (one.case_id, one.given_on) == (case, row.consented_on)]

    def _consent(self, row: ReferralRow) -> Consent | None:
        """The consent of that day that lets this be handed on; if none does, rather one that names the place."""
        if row.basis != rules.CONSENT:
            return None
        of_that_day = sorted(self._of_that_day(row), key=lambda one: not names(one, self._referred(row)))
        return next((one for one in of_that_day if self._lets(row, one)), next(iter(of_that_day), None))

    def _lets(self, row: ReferralRow, consent: Consent) -> bool:
        try:
            rules.check_handed(self._handed(row, consent), row.on)
        except NotPossible:
            return False
        return True

    def _handed(self, row: ReferralRow, consent: Consent | None) -> rules.Handed:
        return rules.Handed(
            frozenset(row.parts),
            words=row.handed,
            basis=row.basis,
            given=given(consent) if consent else None,
            named=consent is not None and names(consent, self._referred(row)),
            reason=row.reason,
            of_family=bool(row.who),
            by_self=consent is not None and consent.giver == Consent.Giver.SELF,
        )

    def _referred(self, row: ReferralRow) -> Referral:
        """What the row means, as far as a consent can name it."""
        return Referral(case=self.cases[row.case], **self._place(row))

    def _place(self, row: ReferralRow) -> dict[str, Any]:
        if body := self.bodies.get(row.to):
            return {"organisation": body}
        resource = self.resources.get(row.to)
        return {"resource": resource} if resource else {"name": row.to}

    def make(self, rows: list[ReferralRow]) -> None:
        made = []
        for row in rows:
            one = Referral(id=uuid7(), kind=self.kinds[row.kind], **self._place(row))
            one.case, one.introducer = self.cases[row.case], self.cases[row.case].organisation
            for name, value in plain(row, (*AS_REFERRED, "writer")).items():
                setattr(one, name, value)
            one.parts, one.consent, one.member = list(row.parts), self._consent(row), self.id_of(row, "who")
            # Nobody is reminded of what an earlier record let wait.
            one.reminded_on = clock.today() if row.check_on and row.check_on <= clock.today() else None
            self.note(Kind.REFERRAL, one.pk, row.case)
            made.append(one)
        insert_all(made)
