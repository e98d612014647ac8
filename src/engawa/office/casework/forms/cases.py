"""What is known of a case, and the list of cases."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel.age import Age
from engawa.office.access.actors import Actor
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import staff_of
from engawa.office.casework.cases.models import Case, Requester, Standing
from engawa.office.casework.forms.fields import AgeField, Day, Named, Written, offer
from engawa.office.casework.people.models import Person
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
    name = Written(label=_("氏名"))
    reading = Written(label=_("よみ"))
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


class OpenForm(FactsForm):
    """A new case at one of the actor's desks. ``key`` makes a second submission harmless."""

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


def facts_of(case: Case) -> dict[str, Any]:
    """What ``FactsForm`` shows at first."""
    person = case.person or Person()
    age = str(case.age_years) if case.age_years is not None else case.age_band
    return {
        **{name: getattr(case, name) for name in ("complaint", "requester", "received_on", "sex", "route", "handle")},
        "name": person.name,
        "reading": person.reading,
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

    scope = forms.ChoiceField(
        label=_("範囲"),
        required=False,
        choices=[("own", _("自機関のケース")), ("mine", _("わたしの主担当")), ("shared", _("共有されたケース"))],
    )
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
