"""Referrals and what was answered to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.actions import BASES
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.consents.queries import consents_in_force
from engawa.office.casework.forms.family import Whom
from engawa.office.casework.forms.fields import Day, Named, Seen, Written, offer
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.referrals.queries import kinds_on, version_of
from engawa.office.casework.referrals.rules import ASK_AFTER
from engawa.office.directory.models import Resource

PARTS = [(part.value, part.label) for part in Part]
_BASES = [("", _("本人のことは伝えていない")), *((basis.value, basis.label) for basis in BASES)]


class ReferralForm(forms.Form):
    """To whom somebody is introduced, and what is handed on with whose consent."""

    organisation = Named(
        label=_("つなぎ先：登録された機関"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("登録されていない"),
    )
    resource = Named(
        label=_("つなぎ先：社会資源"), queryset=Resource.objects.none(), required=False, empty_label=_("えらばない")
    )
    name = Written(label=_("つなぎ先の名称"), help_text=_("登録にも社会資源にもないとき。診療所、学校、家族会など"))
    contact_person = Written(label=_("先方の担当"))
    kind = Named(label=_("つなぎ方"), queryset=ReferralKind.objects.none())
    member = Whom(label=_("だれを"), none=_("本人"), required=False)
    on = Day(label=_("つないだ日"))
    wish = Written(label=_("本人・家族の望み、つないだわけ"), rows=3)
    parts = forms.MultipleChoiceField(
        label=_("伝えた範囲"),
        choices=PARTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("窓口の案内だけで、本人や家族のことを伝えていないときは、空のままに"),
    )
    handed = Written(label=_("伝えたこと・渡したもの"), rows=3)
    basis = forms.ChoiceField(label=_("伝えた根拠"), choices=_BASES, required=False)
    consent = Named(
        label=_("どの同意によるか"), queryset=Consent.objects.none(), required=False, empty_label=_("同意によらない")
    )
    reason = Written(label=_("同意によらないわけ"), rows=2, help_text=_("緊急のとき、会議で決めたときなど"))
    answer = forms.ChoiceField(
        label=_("返事"),
        choices=[(one.value, one.label) for one in (Referral.Answer.WAITING, Referral.Answer.NEEDLESS)],
        widget=forms.RadioSelect,
        initial=Referral.Answer.WAITING,
    )
    check_on = Day(
        label=_("返事を確かめる日"),
        required=False,
        initial=lambda: clock.today() + ASK_AFTER,
        help_text=_("この日まで返事がなければ、担当に知らせます"),
    )
    seen = Seen()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, old: Referral | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", Organisation.objects.filter(ended_on=None).exclude(pk=case.organisation_id))
        offer(self, "resource", Resource.objects.order_by("reading", "name"))
        offer(self, "kind", kinds_on(old.on if old else clock.today()))
        known = (
            Consent.objects.filter(pk=old.consent_id).select_related("text")
            if old and old.consent_id
            else Consent.objects.none()
        )
        offer(self, "consent", consents_in_force(case) | known)
        if old and old.answered_on:
            del self.fields["answer"], self.fields["check_on"]

    def hand_on_nothing(self) -> None:
        """Ask nothing about what is handed on: whoever helps without holding the case hands on nothing."""
        for name in ("parts", "handed", "basis", "consent", "reason"):
            del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """What ``refer`` takes; a member is kept by the id alone."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key" or value}
        if member := said.get("member"):
            said["member"] = member.pk
        return said


def facts_of_referral(referral: Referral) -> dict[str, Any]:
    """What ``ReferralForm`` shows at first."""
    names = ("organisation", "resource", "name", "contact_person", "kind", "member", "on", "wish", "parts", "handed")
    more = ("basis", "consent", "reason", "answer", "check_on")
    return {name: getattr(referral, name) for name in (*names, *more)} | {"seen": version_of(referral)}


class AnswerReferralForm(forms.Form):
    """What the agency answered."""

    answer = forms.ChoiceField(label=_("返事"), choices=Referral.Answer.choices, widget=forms.RadioSelect)
    answered_on = Day(label=_("返事の日"), required=False)
    answer_words = Written(
        label=_("返事のことば"), rows=3, help_text=_("だれから、どんな返事か。受けられないときは、そのわけも")
    )
    check_on = Day(label=_("もう一度確かめる日"), required=False, initial=None, help_text=_("まだ返事がないとき"))
    seen = Seen()


def facts_of_answer(referral: Referral) -> dict[str, Any]:
    """What ``AnswerReferralForm`` shows at first."""
    chosen = "" if referral.waits else referral.answer
    words = {"answer_words": referral.answer_words, "check_on": referral.check_on, "seen": version_of(referral)}
    return {"answer": chosen, "answered_on": referral.answered_on or clock.today()} | words
