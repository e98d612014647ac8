"""Holds, and for how many years records are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.office.casework.forms.fields import Day, Named, Written
from engawa.office.casework.retention.models import RecordClass

LONGEST_YEARS = 100


class HoldForm(forms.Form):
    """The records of a case are held back from destruction."""

    reason = Written(label=_("保全の理由"), rows=3, required=True, help_text=_("不服申立て、開示請求、事故など"))
    ends_on = Day(label=_("いつまで"), required=False, initial=None, help_text=_("空欄は、解くまで"))


class LiftForm(forms.Form):
    """A hold is lifted."""

    note = Written(label=_("解く理由"), rows=2, required=True)


class TermForm(forms.Form):
    """A class of record is kept for so many years, for cases closed from a day on."""

    record_class = Named(label=_("文書の種類"), queryset=RecordClass.objects.all(), empty_label=None)
    years = forms.IntegerField(
        label=_("年数"), required=False, min_value=1, max_value=LONGEST_YEARS, help_text=_("空欄は永久")
    )
    starts_on = Day(label=_("いつの終結から"))
    source = Written(label=_("根拠"), required=True, help_text=_("文書管理規程の名前や改正日など"))


class DisclosureForm(forms.Form):
    """What of a person's records goes out as written, and what does not go out at all."""

    asker = Written(label=_("開示を求めた人"), required=True)
    whole = forms.MultipleChoiceField(required=False)
    masked = forms.MultipleChoiceField(required=False)
    withheld = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, keys: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("whole", "masked", "withheld"):
            self.fields[name] = forms.MultipleChoiceField(required=False, choices=[(key, key) for key in keys])
