"""Who somebody is: facts, other names and addresses, steps from anonymous to named, merges and inquiries."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engawa.kernel.age import Age
from engawa.office.access.models import Grant
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.actions import BASES as SHARING_BASES
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.forms.fields import AgeField, Day, Named, Seen, Written, WrittenDay, offer
from engawa.office.casework.identity.models import Received, Step
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.timeline.models import TALKING

_SECRET_HELP = _(
    "秘匿は、書いた機関で、このケースに書ける人だけが見ます。さがしても、紙にも、ほかの機関にも出ません。"
    "ケースを引き継ぐと、受けた機関のものになります"
)
SHARED = [(part.value, part.label) for part in Part if part is not Part.BASICS]
BASES = [(basis.value, basis.label) for basis in SHARING_BASES]


class PersonForm(forms.Form):
    """What is known of a person now. ``seen`` is the version that the writer had in front of them.

    Whoever has no name yet is given one by a step of its own, for which somebody agrees.
    """

    name = Written(label=_("氏名"), help_text=_("書かれているとおりに。異体字もそのまま残ります"))
    reading = Written(label=_("よみ"))
    nickname = Written(label=_("呼び名"))
    sex = forms.ChoiceField(label=_("性別"), choices=Person.Sex.choices, required=False)
    birth_date = WrittenDay(label=_("生年月日"), help_text=_("昭和55年5月1日、S55.5.1、1980-05-01 のどれでも"))
    age = AgeField(label=_("年齢"), required=False, help_text=_("生年月日がわからないとき。41、40代、不明"))
    age_on = Day(label=_("年齢を聞いた日"), required=False, initial=None)
    phone = Written(label=_("電話"))
    address = Written(label=_("いまの住所"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, named: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not named:
            del self.fields["name"], self.fields["reading"]

    def facts(self) -> dict[str, Any]:
        """What ``edit_person`` takes."""
        facts = dict(self.cleaned_data)
        age: Age = facts.pop("age")
        facts["sex"] = facts["sex"] or Person.Sex.UNKNOWN
        return facts | {"age_years": age.years, "age_band": "" if age.band is None else str(age)}


def person_facts(case: Case) -> dict[str, Any]:
    """What ``PersonForm`` shows at first; of somebody of whom nothing is known, what was heard with the case."""
    person = case.person or Person(
        nickname=case.handle,
        sex=case.sex,
        age_years=case.age_years,
        age_band=case.age_band,
        age_on=case.received_on if case.age else None,
    )
    names = ("name", "reading", "nickname", "sex", "birth_date", "age_on", "phone", "address")
    age = str(person.age_years) if person.age_years is not None else person.age_band
    return {name: getattr(person, name) for name in names} | {"age": age}


class AskedForm(forms.Form):
    """Who agreed to a step, how they were asked, and when."""

    agreed_by = forms.ChoiceField(label=_("同意した人"), choices=Step.AgreedBy.choices, widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("確かめ方"), choices=[("", _("えらぶ")), *TALKING], required=False)
    on = Day(label=_("日付"))
    note = Written(label=_("メモ"), rows=2)


class NameForm(AskedForm):
    """The name of somebody who was anonymous so far."""

    name = Written(label=_("氏名"), help_text=_("書かれているとおりに。よみだけでもかまいません"))
    reading = Written(label=_("よみ"))
    field_order = ("name", "reading", "agreed_by")

    def facts(self) -> dict[str, Any]:
        """What ``give_name`` takes."""
        asked = dict(self.cleaned_data)
        return {"called": {name: asked.pop(name) for name in ("name", "reading")}, **asked}


class _OtherForm(forms.Form):
    """Something that was true of a person for a time. Only holders are offered what is secret."""

    starts_on = WrittenDay(label=_("いつから"))
    ends_on = WrittenDay(label=_("いつまで"))
    note = Written(label=_("メモ"))
    seen = Seen()

    title: str | Promise
    kinds: type[OtherName.Kind | OtherAddress.Kind | OtherReach.Kind]

    def __init__(self, *args: Any, holds: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [kind for kind in self.kinds if holds or kind.name != "SECRET"]
        self.fields["kind"] = forms.ChoiceField(
            label=_("種類"),
            choices=[(kind.value, kind.label) for kind in offered],
            widget=forms.RadioSelect,
            help_text=_SECRET_HELP if holds else "",
        )
        self.order_fields(["kind", "name", "reading", "address", "reach", "message"])


class OtherNameForm(_OtherForm):
    """A former, common or secret name."""

    title = _("別の名")
    kinds = OtherName.Kind
    name = Written(label=_("名前"))
    reading = Written(label=_("よみ"))


class OtherAddressForm(_OtherForm):
    """An earlier, registered or secret address."""

    title = _("別の住所")
    kinds = OtherAddress.Kind
    address = Written(label=_("住所"), required=True)


class OtherReachForm(_OtherForm):
    """A further phone number or mail address."""

    title = _("別の連絡先")
    kinds = OtherReach.Kind
    reach = Written(label=_("電話番号・メールアドレス"), required=True)
    message = forms.ChoiceField(
        label=_("伝言"),
        choices=[("", _("まだ聞いていない")), *OtherReach.Message.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    note = Written(label=_("メモ"), help_text=_("夜は出られない、母の携帯 など"))


class MergeForm(forms.Form):
    """Why two records are taken for one person."""

    reason = Written(label=_("同じ人と考えた理由"), rows=2, required=True)


class SplitForm(forms.Form):
    """Why they are two persons after all."""

    reason = Written(label=_("別の人と考えた理由"), rows=2, required=True)


class InquiryForm(forms.Form):
    """What the other organisation is told."""

    words = Written(
        label=_("伝えること"),
        rows=3,
        help_text=_("あなたの名前と機関名は伝わります。ケースの内容は伝わりません。連絡のつく時間などを"),
    )


class AnswerInquiryForm(forms.Form):
    """The answer to an inquiry of another organisation."""

    answer = forms.ChoiceField(label=_("返事"), choices=Received.Answer.choices, widget=forms.RadioSelect)
    said = Written(
        label=_("相手に伝えること"), rows=3, help_text=_("お答えできないときは、機関の名前は相手に伝わりません")
    )
    basis = forms.ChoiceField(label=_("閲覧の根拠"), choices=BASES, required=False)
    consent = Named(
        label=_("どの同意によるか"), queryset=Consent.objects.none(), required=False, empty_label=_("同意によらない")
    )
    ends_on = Day(label=_("見られる最後の日"), required=False, initial=None)
    parts = forms.MultipleChoiceField(
        label=_("基本のほかに見せる範囲"), choices=SHARED, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, consents: QuerySet[Consent], shares: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "consent", consents)
        if not shares:
            offered = [answer for answer in Received.Answer if answer is not Received.Answer.GRANT]
            self.fields["answer"] = forms.ChoiceField(
                label=_("返事"),
                choices=[(answer.value, answer.label) for answer in offered],
                widget=forms.RadioSelect,
            )
            for name in ("basis", "consent", "ends_on", "parts"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A right has a reason and an end, and its consent where that is its basis; other answers give none."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("answer") == Received.Answer.GRANT:
            if clean.get("ends_on") is None:
                self.add_error("ends_on", _("見られる最後の日を入れてください"))
            if clean.get("basis") != Grant.Basis.CONSENT:
                clean["consent"] = None
            elif not clean.get("consent"):
                self.add_error("consent", _("どの同意によるのかを選んでください"))
            if not clean.get("said", "").strip():
                self.add_error("said", _("見せる理由を書いてください。閲覧の根拠といっしょに残ります"))
        return clean
