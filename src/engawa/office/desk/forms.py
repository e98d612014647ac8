"""Forms of the desk. Nothing about a visitor is required."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.models import Requester
from engawa.office.casework.forms.cases import WhoForm
from engawa.office.casework.forms.fields import AgeField, Day, Named, Written, offer
from engawa.office.casework.identity.models import Step
from engawa.office.casework.people.models import Person
from engawa.office.casework.people.rules import Known
from engawa.office.casework.timeline.models import TALKING, Counterpart, Method
from engawa.office.casework.timeline.rules import counterpart_of
from engawa.office.desk import rules
from engawa.office.desk.models import Appointment
from engawa.office.desk.queries import desks_where
from engawa.office.directory.models import Desk

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Clock(forms.TimeInput):
    """A time of day, typed or chosen."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "time"}, format="%H:%M")


class _JoinForm(forms.Form):
    """Who agreed that a talk belongs to a case; whoever says nothing of it was not asked yet."""

    agreed_by = forms.ChoiceField(
        label=_("ケースに結ぶことへの同意"),
        choices=Step.AgreedBy.choices,
        initial=Step.AgreedBy.NOT_ASKED,
        required=False,
    )

    def clean_agreed_by(self) -> str:
        """Who agreed."""
        return self.cleaned_data["agreed_by"] or Step.AgreedBy.NOT_ASKED


class CaseForm(_JoinForm):
    """What a case made from a talk needs: who asked, and what troubles them, in their own words."""

    requester = forms.ChoiceField(label=_("相談者"), choices=Requester.choices)
    complaint = Written(label=_("主訴"), rows=2)


class LinkForm(_JoinForm):
    """Which case a talk belongs to."""

    number = Written(label=_("ケース番号"), required=True)


class ChatDayForm(forms.Form):
    """One day of a talk as a contact."""

    on = forms.DateField()
    at = forms.TimeField()
    minutes = forms.IntegerField(label=_("分"), min_value=0, max_value=1440)
    content = Written(label=_("内容"), rows=2)
    urgent = forms.BooleanField(required=False)


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


class CallForm(WhoForm):
    """A first call, visit or interview: what is heard in the first seconds comes first.

    ``key`` makes a second submission harmless. ``appointment`` is the call back that was kept by it, if one was.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    appointment = forms.UUIDField(widget=forms.HiddenInput, required=False)
    method = forms.ChoiceField(label=_("手法"), choices=TALKING, initial=Method.PHONE, widget=forms.RadioSelect)
    requester = forms.ChoiceField(label=_("相談者"), choices=Requester.choices, widget=forms.RadioSelect)
    content = Written(label=_("内容"), rows=5, required=True)
    minutes = forms.IntegerField(label=_("所要分"), min_value=0, max_value=1440, required=False)
    urgent = forms.BooleanField(label=_("至急。主担当とスーパーバイザーにすぐ知らせる"), required=False)
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

    def facts(self, person: Person | None = None) -> dict[str, Any]:
        """What goes into the case, which may be of a ``person`` who is known already."""
        clean, age = self.cleaned_data, self.cleaned_data["age"]
        facts = {
            **{name: clean[name] for name in ("key", "requester", "complaint", "handle", "phone", "route")},
            "age_years": age.years,
            "age_band": str(age) if age.band is not None else "",
        }
        return facts | {"person": person} if person else facts

    def known(self) -> Known:
        """What is known so far of whom the call is about."""
        return Known(phone=self.cleaned_data["phone"], nickname=self.cleaned_data["handle"])

    def contact(self) -> dict[str, Any]:
        """What goes into its first contact. On a first call, who asks is whom we spoke with."""
        clean = self.cleaned_data
        said = {name: clean[name] for name in ("on", "method", "minutes", "content", "urgent")}
        return {**said, "counterpart": counterpart_of(clean["requester"])}


class TimeForm(forms.Form):
    """When a promise is to be kept: a day, from when, until when. Only the day is needed."""

    on = Day(label=_("いつ"))
    starts = forms.TimeField(label=_("いつから"), required=False, widget=Clock)
    ends = forms.TimeField(label=_("いつまで"), required=False, widget=Clock, help_text=_("空欄なら、その日のうち"))

    def times(self, minutes: int | None = None) -> dict[str, Any]:
        """The span of time, as the actions take it."""
        clean = self.cleaned_data
        starts_at, ends_at = rules.span(clean["on"], clean["starts"], clean["ends"], clock.JAPAN, minutes=minutes)
        return {"starts_at": starts_at, "ends_at": ends_at}

    def blame(self, faults: dict[str, str]) -> None:
        """Put each fault at the field that mends it."""
        for name, fault in faults.items():
            self.add_error(name, _(fault))


class AgainForm(TimeForm):
    """Another time for a promise. ``tried``: because nobody answered."""

    tried = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if not self.errors:
            times = self.times()
            self.blame(rules.when_faults(times["starts_at"], times["ends_at"], clock.now()))
        return clean


class PromiseForm(TimeForm):
    """A call back or a meeting. ``key`` makes a second submission harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("種類"), choices=Appointment.Kind.choices, initial=Appointment.Kind.CALL_BACK, widget=forms.RadioSelect
    )
    counterpart = forms.ChoiceField(label=_("対象"), choices=Counterpart.choices, widget=forms.RadioSelect)
    handle = Written(label=_("呼び名"), help_text=_("母、こもれび さん など。名前を聞かなくてかまいません"))
    phone = Written(label=_("電話"))
    place = Written(label=_("場所"), help_text=_("会うときだけ"))
    note = Written(label=_("メモ"), rows=2)
    organisation = Named(label=_("担当機関"), queryset=Organisation.objects.none(), empty_label=None)

    field_order = ("kind", "on", "starts", "ends", "counterpart", "handle", "phone", "place", "note")

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)
        self.initial.setdefault("organisation", organisations.first())

    def facts(self) -> dict[str, Any]:
        """What goes into the appointment, besides whom it is about."""
        clean = self.cleaned_data
        meeting = clean["kind"] == Appointment.Kind.MEETING
        said = {name: clean[name] for name in ("kind", "counterpart", "handle", "phone", "place", "note")}
        return said | self.times(rules.MEETING_MINUTES if meeting else None)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if not self.errors:
            facts = self.facts()
            self.blame(
                rules.faults(
                    rules.Promised(
                        meeting=facts["kind"] == Appointment.Kind.MEETING,
                        starts_at=facts["starts_at"],
                        ends_at=facts["ends_at"],
                        phone=facts["phone"],
                        place=facts["place"],
                    ),
                    clock.now(),
                )
            )
        return clean


class CalledForm(forms.Form):
    """What came of a call to somebody who has a case: enough for a contact, made to be filled by keyboard."""

    counterpart = forms.ChoiceField(label=_("対象"), choices=Counterpart.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("所要分"), min_value=0, max_value=1440, required=False)
    content = Written(label=_("内容"), rows=4, required=True)


class NoteForm(forms.Form):
    """What came of a call to somebody without a case."""

    said = Written(label=_("結果のメモ"), rows=2, required=True, help_text=_("一行でかまいません"))


class CancelForm(forms.Form):
    """Why a promise is not to be kept any more."""

    reason = Written(label=_("取りやめる理由"), required=True)
