"""Forms of the desk's staff: a desk, its hours, its closed days, a resource."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel.hours import Weekly
from engawa.office.access.models import Organisation
from engawa.office.directory.models import Desk, OpeningHours, Resource
from engawa.office.directory.rules import Fault, fault_in

FAULTS = {
    Fault.ORDER: _("終了は、開始より後にしてください。"),
    Fault.PERIOD: _("適用終了日は、適用開始日より後にしてください。"),
    Fault.OVERLAP: _("同じ曜日の時間が重なっています。"),
}
_SHORT = forms.TextInput
_LONG = forms.Textarea(attrs={"rows": 3})


# A letter to the porch carries a line of at most this many characters, a text of at most that many.
LINE, TEXT = 200, 5000
_AREAS = forms.Textarea(attrs={"rows": 2})


class _Details(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """Validates only: what is valid goes to an action, never to ``save``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                limit = TEXT if isinstance(field.widget, forms.Textarea) else LINE
                field.validators.append(MaxLengthValidator(limit))
                field.widget.attrs["maxlength"] = limit

    def details(self) -> dict[str, Any]:
        """The field values for the action."""
        return dict(self.cleaned_data)


class DeskForm(_Details):
    """What a desk says of itself."""

    class Meta:
        model = Desk
        fields = [
            "name", "reading", "name_easy", "name_english", "summary", "summary_easy", "summary_english",
            "phone", "email", "address", "areas", "group", "position", "takes_talks",
        ]  # fmt: skip
        widgets = {
            **dict.fromkeys(["name", "reading", "name_easy", "name_english", "phone", "address"], _SHORT),
            **dict.fromkeys(["summary", "summary_easy", "summary_english"], _LONG),
            "areas": _AREAS,
            "email": forms.EmailInput,
        }


class NewDeskForm(DeskForm):
    """A new desk, with the organisation that runs it."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("運営機関"), empty_label=_("選んでください")
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy what is declared above
        field.queryset = organisations


class HoursLine(forms.Form):
    """One line of opening hours."""

    weekday = forms.TypedChoiceField(choices=OpeningHours.Weekday.choices, coerce=int, label=_("曜日"))
    opens = forms.TimeField(label=_("開始"), widget=forms.TimeInput(attrs={"type": "time"}))
    closes = forms.TimeField(
        label=_("終了"), widget=forms.TimeInput(attrs={"type": "time"}), help_text=_("23:59 は夜中の0時まで")
    )
    starts_on = forms.DateField(label=_("適用開始日"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("適用終了日"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def line(self) -> Weekly:
        data = self.cleaned_data
        return Weekly(data["weekday"], data["opens"], data["closes"], data["starts_on"], data["ends_on"])


class _Hours(forms.BaseFormSet):  # type: ignore[type-arg]  # generic for the checker only
    def clean(self) -> None:
        if not any(self.errors) and (fault := fault_in(self.lines())):
            raise forms.ValidationError(FAULTS[fault], code=fault.value)

    def lines(self) -> list[Weekly]:
        """The lines that stay, in the order given."""
        return [
            form.line()
            for form in self.forms
            if form.has_changed() and form not in self.deleted_forms and form.is_valid()
        ]


HoursForm = cast("type[_Hours]", forms.formset_factory(HoursLine, formset=_Hours, extra=3, can_delete=True, max_num=60))


class ClosedDayForm(forms.Form):
    """A day on which the desk is closed."""

    day = forms.DateField(label=_("休みの日"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("理由"), required=False, max_length=LINE)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        return day


class ResourceForm(_Details):
    """What is said of a resource."""

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - the model's foreign key
        field.queryset = organisations

    class Meta:
        model = Resource
        fields = [
            "kind", "name", "reading", "name_easy", "name_english", "summary", "summary_easy",
            "summary_english", "times", "where", "online", "organisation",
        ]  # fmt: skip
        widgets = {
            **dict.fromkeys(["name", "reading", "name_easy", "name_english", "where"], _SHORT),
            **dict.fromkeys(["summary", "summary_easy", "summary_english", "times"], _LONG),
        }
