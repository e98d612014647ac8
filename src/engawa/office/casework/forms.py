"""Forms of casework. Nothing about a person is required; what was typed comes back with every error."""

import datetime as dt
import unicodedata
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.age import Age, NotAnAge, read_age
from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import staff_of
from engawa.office.casework.cases.models import Case, EndReason, Requester, Standing
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.models import Contact, Counterpart, Method
from engawa.office.casework.timeline.queries import version_of
from engawa.office.directory.models import Desk

LONGEST_LINE = 200
LONGEST_TEXT = 50_000
QUICK_MINUTES = (5, 15, 30, 45, 60, 90)


class Written(forms.CharField):
    """Text kept as it was written. Invisible control characters are refused with their place."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_TEXT if rows else LONGEST_LINE)
        options.setdefault("required", False)
        if rows:
            options["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(strip=not rows, **options)

    def to_python(self, value: Any) -> str:
        text: str = (super().to_python(value) or "").replace("\r\n", "\n")
        for place, character in enumerate(text, 1):
            if unicodedata.category(character) == "Cc" and character not in "\n\t":
                raise ValidationError(
                    _("%(place)s文字目に、目に見えない文字（制御文字）が入っています。消してから保存してください"),
                    params={"place": place},
                )
        return text


class Named(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in its stubs only
    """A choice among rows that have a name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the form's field choose among these rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class Day(forms.DateField):
    """A day, today at first, typed or chosen."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class AgeField(forms.CharField):
    """An age as far as it is known: 23, 40代, 不明 or nothing (X-05)."""

    def to_python(self, value: Any) -> Any:
        try:
            return read_age(super().to_python(value) or "")
        except NotAnAge as wrong:
            raise ValidationError(str(wrong)) from wrong

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Age) else value


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


class ContactForm(forms.Form):
    """One contact（対応）, made to be filled by keyboard in one go."""

    method = forms.ChoiceField(label=_("手法"), choices=Method.choices, widget=forms.RadioSelect)
    counterpart = forms.ChoiceField(label=_("対象"), choices=Counterpart.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("所要分"),
        required=False,
        min_value=0,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "list": "quick-minutes", "step": "any"}),
    )
    content = Written(label=_("内容"), rows=7)
    on = Day(label=_("対応日"))
    at = forms.TimeField(
        label=_("時刻"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_on(self) -> dt.date:
        """A contact cannot be in the future."""
        on: dt.date = self.cleaned_data["on"]
        if on > clock.today():
            raise ValidationError(_("先の日付の対応は記録できません。今日までの日を入れてください"))
        return on


class CorrectForm(ContactForm):
    """A correction says why. ``seen`` is the version that the writer had in front of them."""

    reason = Written(label=_("直す理由"), required=True, help_text=_("前の記録も残ります"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def contact_of(contact: Contact) -> dict[str, Any]:
    """What ``CorrectForm`` shows at first."""
    names = ("method", "counterpart", "minutes", "content", "on", "at")
    return {name: getattr(contact, name) for name in names} | {"seen": version_of(contact)}


class CloseForm(forms.Form):
    """終結 with its reason."""

    reason = Named(label=_("理由"), queryset=EndReason.objects.none(), widget=forms.RadioSelect, empty_label=None)
    on = Day(label=_("終結の日"))
    note = Written(label=_("メモ"), rows=3)

    def __init__(self, *args: Any, reasons: QuerySet[EndReason], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reason", reasons)


class ReopenForm(forms.Form):
    """再開."""

    on = Day(label=_("再開の日"))
    note = Written(label=_("きっかけ"), rows=3)


class OfferForm(forms.Form):
    """引継ぎ to another organisation, with what it should know."""

    taker = Named(label=_("引継ぎ先"), queryset=Organisation.objects.none())
    package = Written(
        label=_("引き継ぐこと"),
        rows=10,
        required=True,
        help_text=_("これまでの経過、本人・家族の望み、気をつけること。相手はこの文とケースの記録を読んで返事をします"),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Organisation.objects.filter(ended_on__isnull=True).exclude(pk=case.organisation_id)
        offer(self, "taker", others)


class AnswerForm(forms.Form):
    """The answer to an offered case; the button pressed is the choice."""

    CHOICES = (("accept", _("受ける")), ("decline", _("断る")), ("withdraw", _("取り下げる")))
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.HiddenInput)

    answer = Written(label=_("返答"), rows=4, help_text=_("断るときは、理由と、ほかに頼れそうなところがあれば"))


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


class TimelineForm(forms.Form):
    """Filters of the timeline."""

    kind = forms.ChoiceField(label=_("種類"), required=False)
    method = forms.ChoiceField(label=_("手法"), required=False, choices=[("", _("すべて")), *Method.choices])
    worker = forms.ChoiceField(label=_("対応者"), required=False)

    def __init__(self, *args: Any, kinds: list[Any], workers: QuerySet[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        every = ("", gettext("すべて"))
        self.fields["kind"] = forms.ChoiceField(
            label=_("種類"), required=False, choices=[every, *((kind.key, kind.label) for kind in kinds)]
        )
        self.fields["worker"] = forms.TypedChoiceField(
            label=_("対応者"),
            required=False,
            coerce=UUID,
            empty_value=None,
            choices=[every, *((str(one.pk), one.name) for one in workers)],
        )
