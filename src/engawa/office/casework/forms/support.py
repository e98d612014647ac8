"""Agencies in the support team, and ties on the support map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.office.access.models import Organisation
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.family import Whom, offer_members
from engawa.office.casework.forms.fields import Day, Named, Seen, Written, offer
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.maps.queries import Known, version_of
from engawa.office.directory.models import Resource


class AgencyForm(forms.Form):
    """An agency's part in the team."""

    organisation = Named(
        label=_("登録された機関"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("登録されていない機関"),
    )
    name = Written(label=_("機関の名称"), help_text=_("登録された機関にないとき。診療所、学校、ケアマネジャーなど"))
    role = forms.ChoiceField(label=_("役割"), choices=Agency.Role.choices, initial=Agency.Role.COOPERATING)
    contact_person = Written(label=_("担当の人"))
    phone = Written(label=_("連絡先"))
    since = Day(label=_("いつから"))
    until = Day(label=_("いつまで"), required=False, initial=None)
    note = Written(label=_("メモ"), rows=3)
    seen = Seen()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", Organisation.objects.filter(ended_on__isnull=True))


def facts_of_agency(agency: Agency) -> dict[str, Any]:
    """What ``AgencyForm`` shows at first."""
    names = ("organisation", "name", "role", "contact_person", "phone", "since", "until", "note")
    return {name: getattr(agency, name) for name in names} | {"seen": version_of(agency)}


class _Agencies(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in its stubs only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.called)


class TieForm(forms.Form):
    """A tie, and how it is."""

    member = Whom(label=_("だれと"), none=_("世帯全体"), required=False)
    agency = _Agencies(
        label=_("支援チームの機関"), queryset=Agency.objects.none(), required=False, empty_label=_("機関ではない")
    )
    resource = Named(
        label=_("社会資源"), queryset=Resource.objects.none(), required=False, empty_label=_("社会資源ではない")
    )
    name = Written(label=_("ほかの相手"), help_text=_("友人、近所の人、民生委員、釣り、職場など"))
    strength = forms.ChoiceField(label=_("つながり"), choices=Tie.Strength.choices, widget=forms.RadioSelect)
    flow = forms.ChoiceField(label=_("力の向き"), choices=Tie.Flow.choices, widget=forms.RadioSelect)
    note = Written(label=_("メモ"), rows=3)
    seen = Seen()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, members: Sequence[Known], **options: Any) -> None:
        super().__init__(*args, **options)
        offer_members(self, members)
        offer(self, "agency", Agency.objects.filter(case=case).select_related("organisation"))
        offer(self, "resource", Resource.objects.all())


def facts_of_tie(tie: Tie) -> dict[str, Any]:
    """What ``TieForm`` shows at first."""
    names = ("member", "agency", "resource", "name", "strength", "flow", "note")
    return {name: getattr(tie, name) for name in names} | {"seen": version_of(tie)}
