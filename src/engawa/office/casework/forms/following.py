"""What follows a plan that stands: revision, extension, agreement, conference, decision, review, evaluation."""

import datetime as dt
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.words import translated
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.forms.fields import Day, Written
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.queries.plans import changes, room_to_begin
from engawa.office.casework.plans.rules import check_begins_on


class BeginForm(forms.Form):
    """From which day a plan is in force."""

    on = Day(label=_("はじめる日"), help_text=_("あとから入力するときは、実際にはじめた日を"))

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plan = plan

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        try:
            check_begins_on(day, room_to_begin(self.plan))
        except NotPossible as refused:
            raise forms.ValidationError(gettext(str(refused))) from refused
        return day


class ReviseForm(forms.Form):
    """Why a plan in force is revised."""

    reason = Written(label=_("改訂の理由"), rows=3, required=True, help_text=_("前の版も、そのまま残ります"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class ExtendForm(forms.Form):
    """Until when a plan goes on, and why."""

    until = Day(label=_("新しいおわりの日"), initial=None)
    reason = Written(label=_("延長の理由"), rows=3, required=True)


class AgreementForm(forms.Form):
    """When and how the person agreed."""

    on = Day(label=_("同意を聞いた日"))
    how = forms.ChoiceField(label=_("どうやって"), choices=Plan.Agreed.choices, widget=forms.RadioSelect)
    note = Written(label=_("本人のことば・メモ"), rows=2)


class ConferenceForm(forms.Form):
    """What the support coordination conference said."""

    on = Day(label=_("支援調整会議の日"))
    note = Written(label=_("会議の結果"), rows=3)


class DecideForm(forms.Form):
    """What the municipality says."""

    decision = forms.ChoiceField(
        label=_("自治体の判断"),
        choices=[choice for choice in Plan.Decision.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    on = Day(label=_("その日"))


class HoldForm(forms.Form):
    """How a review went, and when the next one is."""

    on = Day(label=_("行った日"))
    note = Written(label=_("ようす・本人のことば"), rows=4)
    next_on = Day(label=_("次の予定日"), required=False, initial=None)


class EvaluateForm(forms.Form):
    """An evaluation; each goal of the plan is asked about."""

    on = Day(label=_("評価日"))
    changes = forms.MultipleChoiceField(
        label=_("見られた変化"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("就労だけが変化ではありません。「変化なし」も、ひとつの答えです"),
    )
    other_change = Written(label=_("その他の変化"))
    wish = Written(label=_("本人の希望"), rows=3)
    remaining = Written(label=_("残された課題"), rows=3)
    view = Written(label=_("支援者の見立て"), rows=3)
    result = forms.ChoiceField(label=_("結果"), choices=Evaluation.Result.choices, widget=forms.RadioSelect)
    reason = Written(label=_("結果の理由"), rows=2)
    follow_up = Written(
        label=_("フォローアップの予定"), rows=2, help_text=_("終わったあとや中断のあいだ、だれがいつ、どう様子をきくか")
    )
    conference_on = Day(label=_("支援調整会議の日"), required=False, initial=None)

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.goals = list(plan.goals.all())
        for place, goal in enumerate(self.goals):
            self.fields[f"reached_{place}"] = forms.ChoiceField(
                label=f"「{goal.words}」", required=False, choices=GoalOutcome.Reached.choices, widget=forms.RadioSelect
            )
            self.fields[f"words_{place}"] = Written(label=gettext("このことについて、本人のことば"))
        listed = groupby(changes(clock.today()), key=lambda change: change.group)
        field = self.fields["changes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(translated(group), [(one.code, one.name) for one in ones]) for group, ones in listed]

    @property
    def goal_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two questions about each goal."""
        return [(self[f"reached_{place}"], self[f"words_{place}"]) for place in range(len(self.goals))]

    def said(self) -> dict[str, Any]:
        """The arguments of ``evaluate``."""
        said, outcomes = dict(self.cleaned_data), {}
        for place, goal in enumerate(self.goals):
            reached, words = said.pop(f"reached_{place}"), said.pop(f"words_{place}")
            if reached:
                outcomes[goal.pk] = (reached, words)
        return said | {"outcomes": outcomes}


class AgainForm(forms.Form):
    """What of a plan goes on in the next one."""

    goals = forms.TypedMultipleChoiceField(
        label=_("続ける目標"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    uses = forms.TypedMultipleChoiceField(
        label=_("続ける事業"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("goals", [(str(goal.pk), goal.words) for goal in plan.goals.all()])
        self._offer("uses", [(str(use.pk), use.service.name) for use in plan.uses.all()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if not choices:
            del self.fields[name]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices, field.initial = choices, [key for key, _label in choices]

    def said(self) -> dict[str, Any]:
        """The arguments of ``plan_again``."""
        return {"goals": [], "uses": []} | self.cleaned_data
