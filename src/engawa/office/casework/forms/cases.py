"""What is known of a case, and the list of cases."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.age import Age
from engawa.office.access.actors import Actor
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import staff_of
from engawa.office.casework.cases.models import Case, Requester, Standing
from engawa.office.casework.cases.queries import Scope, Wanted
from engawa.office.casework.forms.fields import AgeField, Day, Named, Written, WrittenDay, offer
from engawa.office.casework.identity.models import Step
from engawa.office.casework.identity.queries import Alike
from engawa.office.casework.people.models import Person
from engawa.office.casework.people.rules import Known
from engawa.office.casework.timeline.models import TALKING
from engawa.office.directory.models import Desk


class FactsForm(forms.Form):
    """What is known of a case and its person."""

    complaint = Written(
        label=_("主訴"), rows=3, help_text=_("本人や家族のことばのまま。ひきこもり以外のことでもかまいません")
    )
    requester = forms.ChoiceField(label=_("相談者"), choices=Requester.choices, widget=forms.RadioSelect)
    received_on = Day(label=_("受付日"))
    age = AgeField(label=_("本人の年齢"), required=False, help_text=_("23、40代、不明など。わかる範囲で"))
    sex = forms.ChoiceField(label=_("性別"), choices=Person.Sex.choices, required=False)
    route = Written(label=_("つながった経路"))
    handle = Written(label=_("呼び名"), help_text=_("匿名のままでも、この名で呼べます"))
    lead = Named(label=_("主担当"), queryset=Staff.objects.none(), required=False, empty_label=_("決まっていない"))

    def __init__(self, *args: Any, staff: QuerySet[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "lead", staff)

    def facts(self) -> dict[str, Any]:
        """What the actions of cases take."""
        facts = dict(self.cleaned_data)
        age: Age = facts.pop("age")
        sex = facts.pop("sex") or Person.Sex.UNKNOWN
        return facts | {"sex": sex, "age_years": age.years, "age_band": "" if age.band is None else str(age)}


class WhoForm(forms.Form):
    """A form that opens a case: ``same`` is asked for where somebody known may be the same person."""

    NEW = "new"
    same = forms.CharField(widget=forms.HiddenInput, required=False)

    def ask_who(self, alike: list[Alike]) -> None:
        """Let whoever opens the case choose among those who may be the same person."""
        choices = [(str(one.person.pk), one.cases[0].called or gettext("名のらない人")) for one in alike]
        self.fields["same"] = forms.ChoiceField(
            label=_("同じ人ですか"),
            choices=[*choices, (self.NEW, _("どの人ともちがう、新しい人"))],
            widget=forms.RadioSelect,
            required=False,
        )


class OpenForm(WhoForm, FactsForm):
    """A new case at one of the actor's desks. ``key`` makes a second submission harmless.

    Whoever gives a name says who agreed to that.
    """

    name = Written(label=_("氏名"), help_text=_("聞いていなければ空欄のままで"))
    reading = Written(label=_("よみ"))
    birth_date = WrittenDay(label=_("生年月日"), help_text=_("S55.5.1、1980-05-01 のどちらでも"))
    phone = Written(label=_("電話"))
    agreed_by = forms.ChoiceField(
        label=_("名前を記録することに同意した人"),
        choices=[("", _("えらぶ")), *Step.AgreedBy.choices],
        required=False,
        help_text=_("名前やよみを書くときに"),
    )
    how = forms.ChoiceField(label=_("確かめ方"), choices=[("", _("えらぶ")), *TALKING], required=False)
    desk = Named(label=_("受付窓口"), queryset=Desk.objects.none())
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("complaint", "requester", "desk", "received_on")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        organisations = actor.organisations_with(Permission.CASEWORK_CASE_OPEN)
        everyone = Staff.objects.filter(memberships__organisation__in=organisations, is_active=True).distinct()
        super().__init__(*args, staff=everyone.order_by("reading", "name"), **options)
        desks = Desk.objects.filter(organisation__in=organisations)
        offer(self, "desk", desks)
        self.fields["desk"].initial = desks.first()

    def clean(self) -> dict[str, Any]:
        """A name comes with who agreed to its being written down, and how they were asked."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("name") or clean.get("reading"):
            if not clean.get("agreed_by"):
                self.add_error("agreed_by", _("だれが同意したかを選んでください。「まだ聞いていない」も選べます"))
            elif clean["agreed_by"] != Step.AgreedBy.NOT_ASKED and not clean.get("how"):
                self.add_error("how", _("どうやって確かめたかを選んでください"))
        return clean

    def facts(self, person: Person | None = None) -> dict[str, Any]:
        """What ``open_named`` takes; of a ``person`` who is known already only what they lack."""
        facts = super().facts()
        del facts["same"]
        if person:
            for name in ("name", "reading", "birth_date", "phone"):
                if getattr(person, name) or not facts[name]:
                    del facts[name]
            facts["person"] = person
        return facts

    def known(self) -> Known:
        """What is known so far of whom the case is about."""
        facts = super().facts()
        names = ("name", "reading", "birth_date", "phone", "age_years", "age_band")
        return Known(nickname=facts["handle"], age_on=facts["received_on"], **{name: facts[name] for name in names})


def facts_of(case: Case) -> dict[str, Any]:
    """What ``FactsForm`` shows at first."""
    age = str(case.age_years) if case.age_years is not None else case.age_band
    return {
        **{name: getattr(case, name) for name in ("complaint", "requester", "received_on", "sex", "route", "handle")},
        "age": age,
        "lead": case.lead_id,
    }


class EditForm(FactsForm):
    """Facts of an existing case. ``seen`` is the version that the writer had in front of them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, staff=staff_of(case.organisation), **options)


class ListForm(forms.Form):
    """Filters of the case list."""

    scope = forms.ChoiceField(label=_("範囲"), required=False, choices=Scope.choices)
    state = forms.ChoiceField(label=_("状態"), required=False, choices=[("", _("すべて")), *Standing.choices])
    desk = Named(label=_("受付窓口"), required=False, queryset=Desk.objects.none(), empty_label=_("すべて"))
    lead = Named(label=_("主担当"), required=False, queryset=Staff.objects.none(), empty_label=_("すべて"))
    received_from = Day(label=_("受付日（から）"), required=False, initial=None)
    received_to = Day(label=_("受付日（まで）"), required=False, initial=None)
    quiet = forms.TypedChoiceField(
        label=_("対応のない期間"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("問わない")), (30, _("30日以上")), (60, _("60日以上")), (90, _("90日以上"))],
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        organisations = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
        staff = Staff.objects.filter(memberships__organisation__in=organisations).distinct()
        offer(self, "desk", Desk.objects.filter(organisation__in=organisations))
        offer(self, "lead", staff.order_by("reading", "name"))

    def wanted(self) -> Wanted:
        """What the list is narrowed to; to nothing where a filter is not understood."""
        if not self.is_valid():
            return Wanted()
        asked = self.cleaned_data
        return Wanted(
            scope=Scope(asked["scope"] or Scope.OWN),
            state=Standing(asked["state"]) if asked["state"] else None,
            desk=asked["desk"] and asked["desk"].pk,
            lead=asked["lead"] and asked["lead"].pk,
            received_from=asked["received_from"],
            received_to=asked["received_to"],
            quiet=clock.today() - dt.timedelta(days=asked["quiet"]) if asked["quiet"] else None,
        )
