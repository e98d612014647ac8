"""How heavy a case weighs, when it is looked at anew, and who takes over a load."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.office.access.models import Staff
from engawa.office.casework.forms.fields import Day, Named, Written, offer
from engawa.office.casework.load.models import Level
from engawa.office.casework.load.queries import Weighed


class IntensityForm(forms.Form):
    """How intensely a case is supported from a day on."""

    level = Named(label=_("支援の濃さ"), queryset=Level.objects.none(), widget=forms.RadioSelect, empty_label=None)
    on = Day(label=_("いつから"))
    note = Written(label=_("理由"), rows=2)

    def __init__(self, *args: Any, levels: QuerySet[Level], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "level", levels)


class ReviewForm(forms.Form):
    """When a case is looked at anew."""

    due_on = Day(label=_("見直す日"), initial=None)


class FinishForm(forms.Form):
    """What a review came to."""

    note = Written(label=_("見直したこと"), rows=3, required=True)
    next_on = Day(label=_("次に見直す日"), initial=None, required=False)


class PassForm(forms.Form):
    """Who takes over which case: everybody's choice case by case, or one for all that are left open."""

    everything = Named(
        label=_("まとめて引き継ぐ人"),
        queryset=Staff.objects.none(),
        required=False,
        empty_label=_("一件ずつ選ぶ"),
        help_text=_("下で別の人を選んだケースは、その人が引き継ぎます"),
    )
    note = Written(label=_("申し送り"), rows=4, help_text=_("引き継ぐ人みんなのケースに残ります"))

    def __init__(self, *args: Any, cases: list[Weighed], receivers: QuerySet[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.cases = {str(one.case.pk): one for one in cases}
        offer(self, "everything", receivers)
        for key, one in self.cases.items():
            name = f"{one.case.number} {one.case.called or _('名のらない人')}"
            field = Named(label=name, queryset=receivers, required=False, empty_label=_("変えない・まとめて"))
            self.fields[f"case-{key}"] = field

    def each(self) -> list[forms.BoundField]:
        """The fields of single cases."""
        return [self[f"case-{key}"] for key in self.cases]

    def receivers(self) -> dict[UUID, Staff]:
        """Who takes which case, by the case's id."""
        said = self.cleaned_data
        chosen = {one.case.pk: said[f"case-{key}"] or said["everything"] for key, one in self.cases.items()}
        return {key: staff for key, staff in chosen.items() if staff}
