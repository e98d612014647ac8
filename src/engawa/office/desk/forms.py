"""Forms of the desk. Nothing about a visitor is required."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.actors import Actor
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.models import Requester
from engawa.office.casework.forms.fields import AgeField, Day, Named, Written, offer
from engawa.office.casework.timeline.models import Method
from engawa.office.casework.timeline.rules import counterpart_of
from engawa.office.desk.queries import desks_where
from engawa.office.directory.models import Desk

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class CaseForm(forms.Form):
    """What a case made from a talk needs: who asked, and what troubles them, in their own words."""

    requester = forms.ChoiceField(label=_("相談者"), choices=Requester.choices)
    complaint = Written(label=_("主訴"), rows=2)


class LinkForm(forms.Form):
    """Which case a talk belongs to."""

    number = Written(label=_("ケース番号"), required=True)


class ChatDayForm(forms.Form):
    """One day of a talk as a contact."""

    on = forms.DateField()
    at = forms.TimeField()
    minutes = forms.IntegerField(label=_("分"), min_value=0, max_value=1440)
    content = Written(label=_("内容"), rows=2)


class MoveForm(forms.Form):
    """The older talk of a visitor who lost the passphrase, and that they were asked."""

    older = forms.CharField(label=_("前のやりとり"))
    asked = forms.BooleanField(label=_("本人に確かめました"))

    def clean_older(self) -> UUID:
        """The talk meant by its page's address, or by its id alone."""
        found = _ID.search(self.cleaned_data["older"])
        if found is None:
            raise forms.ValidationError(_("前のやりとりのページのアドレスを貼ってください"))
        return UUID(found[0])


class TemplateForm(forms.Form):
    """A reply text that a desk keeps ready."""

    title = Written(label=_("見出し"), required=True)
    body = Written(label=_("文面"), rows=4, required=True)


class CallForm(forms.Form):
    """A first call, visit or interview: what is heard in the first seconds comes first.

    ``key`` makes a second submission harmless.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    method = forms.ChoiceField(label=_("手法"), choices=Method.choices, initial=Method.PHONE, widget=forms.RadioSelect)
    requester = forms.ChoiceField(label=_("相談者"), choices=Requester.choices, widget=forms.RadioSelect)
    content = Written(label=_("内容"), rows=5, required=True)
    minutes = forms.IntegerField(label=_("所要分"), min_value=0, max_value=1440, required=False)
    complaint = Written(label=_("主訴"), help_text=_("空欄なら、あとで書けます"))
    handle = Written(label=_("呼び名"), help_text=_("名前を聞かなくてかまいません"))
    phone = Written(label=_("電話"))
    age = AgeField(label=_("本人の年齢"), required=False, help_text=_("23、40代、空欄"))
    route = Written(label=_("相談経路"))
    on = Day(label=_("対応日"))
    desk = Named(label=_("受付窓口"), queryset=Desk.objects.none(), empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks = desks_where(actor, Permission.CASEWORK_CASE_OPEN)
        offer(self, "desk", desks)
        self.initial.setdefault("desk", desks.first())
        self.initial.setdefault("on", clock.today())

    def facts(self) -> dict[str, Any]:
        """What goes into the case."""
        clean, age = self.cleaned_data, self.cleaned_data["age"]
        return {
            **{name: clean[name] for name in ("requester", "complaint", "handle", "phone", "route")},
            "age_years": age.years,
            "age_band": str(age) if age.band is not None else "",
        }

    def contact(self) -> dict[str, Any]:
        """What goes into its first contact. On a first call, who asks is whom we spoke with."""
        clean = self.cleaned_data
        said = {name: clean[name] for name in ("on", "method", "minutes", "content")}
        return {**said, "counterpart": counterpart_of(clean["requester"])}
