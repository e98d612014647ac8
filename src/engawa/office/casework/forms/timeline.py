"""Contacts, and the filters of the timeline."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.models import Staff
from engawa.office.casework.forms.fields import Day, Written
from engawa.office.casework.timeline.models import Contact, Counterpart, Method
from engawa.office.casework.timeline.queries import version_of

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
