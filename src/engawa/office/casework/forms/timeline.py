"""Contacts, and the filters of the timeline."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.fields import Day, Written
from engawa.office.casework.timeline.models import Contact, Counterpart, Method
from engawa.office.casework.timeline.queries import codes_on, members_called, version_of

QUICK_MINUTES = (5, 15, 30, 45, 60, 90)


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
    content = Written(
        label=_("内容"),
        rows=7,
        help_text=_(
            "見たこと・したことを。音声入力でも。行のはじめに「伝聞：」「見立て：」「ことば：」と書くと、分けて残します"
        ),
    )
    urgent = forms.BooleanField(label=_("至急。主担当とスーパーバイザーにすぐ知らせる"), required=False)
    own_words = Written(
        label=_("本人・家族のことば"), rows=2, help_text=_("そのままのことばを一行にひとつ。母「眠れているようです」")
    )
    hearsay = Written(label=_("伝聞"), rows=2, help_text=_("人から聞いたこと。だれから聞いたかも"))
    opinion = Written(label=_("見立て"), rows=2, help_text=_("あなたが考えたこと"))
    also_with = forms.MultipleChoiceField(
        label=_("ほかにいた人"), choices=Counterpart.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    members = forms.TypedMultipleChoiceField(label=_("会った世帯員"), coerce=UUID, required=False)
    place = Written(label=_("場所"))
    codes = forms.MultipleChoiceField(label=_("内容の区分"), required=False, widget=forms.CheckboxSelectMultiple)
    next_step = Written(label=_("次にすること"))
    next_on = Day(label=_("いつまでに"), required=False, initial=None)
    on = Day(label=_("対応日"))
    at = forms.TimeField(
        label=_("時刻"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    MORE = ("own_words", "hearsay", "opinion", "also_with", "members", "place", "codes", "next_step", "next_on")

    def __init__(self, *args: Any, case: Case, day: dt.date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["codes"] = forms.MultipleChoiceField(
            label=_("内容の区分"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(one.code, one.name) for one in codes_on(day or clock.today())],
        )
        self.fields["members"] = forms.TypedMultipleChoiceField(
            label=_("会った世帯員"),
            required=False,
            coerce=UUID,
            widget=forms.CheckboxSelectMultiple,
            choices=members_offered(case),
        )

    @property
    def says_more(self) -> bool:
        """Whether something stands in a field that is folded away at first."""
        return any(self[name].value() or self[name].errors for name in self.MORE)

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


def members_offered(case: Case) -> list[tuple[str, str]]:
    """The members of the household as choices."""
    return [(str(pk), called) for pk, called in members_called(case).items()]


def contact_of(contact: Contact) -> dict[str, Any]:
    """What ``CorrectForm`` shows at first."""
    names = ("method", "counterpart", "minutes", "content", "on", "at", "urgent", *ContactForm.MORE)
    return {name: getattr(contact, name) for name in names} | {"seen": version_of(contact)}


class TimelineForm(forms.Form):
    """Filters of the timeline."""

    kind = forms.ChoiceField(label=_("種類"), required=False)
    method = forms.ChoiceField(label=_("手法"), required=False, choices=[("", _("すべて")), *Method.choices])
    counterpart = forms.ChoiceField(label=_("対象"), required=False, choices=[("", _("すべて")), *Counterpart.choices])
    member = forms.ChoiceField(label=_("世帯員"), required=False)
    worker = forms.ChoiceField(label=_("対応者"), required=False)
    until = Day(label=_("この日まで"), required=False, initial=None)

    def __init__(
        self, *args: Any, kinds: list[Any], workers: list[Staff], members: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        every = ("", gettext("すべて"))
        self.fields["kind"] = forms.ChoiceField(
            label=_("種類"), required=False, choices=[every, *((kind.key, kind.label) for kind in kinds)]
        )
        self.fields["member"] = forms.TypedChoiceField(
            label=_("世帯員"),
            required=False,
            coerce=UUID,
            empty_value=None,
            choices=[every, *members],
        )
        if not members:
            del self.fields["member"]
        self.fields["worker"] = forms.TypedChoiceField(
            label=_("対応者"),
            required=False,
            coerce=UUID,
            empty_value=None,
            choices=[every, *((str(one.pk), one.name) for one in workers)],
        )
