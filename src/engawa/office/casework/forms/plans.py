"""A plan on one page: its head, goals with steps, services, review dates."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.words import Words, translated
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.forms.fields import Day, Named, Written, offer
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, StepSaid, UseSaid, step_said
from engawa.office.casework.plans.models.lists import PlanService
from engawa.office.casework.plans.models.plans import Plan, PlanStep
from engawa.office.casework.plans.queries.plans import menus, services, version_of, workers_for
from engawa.office.casework.plans.rules import UseRefused
from engawa.ui.beside import Beside, differing, mine_of, present_of, was_overtaken

# How many empty lines stand ready for more.
GOALS, STEPS, USES, REVIEWS = 2, 3, 2, 3
MARKED = Words("直すところがあります。下の印のついた欄を見てください")


class HeadForm(forms.Form):
    """The head of a plan. Nothing is required while it is being written."""

    whose = Written(label=_("だれの計画か"), help_text=_("本人の計画なら空欄。家族のときは続柄で（母、弟など）"))
    hope = Written(
        label=_("本人の目標（目指す姿）"),
        rows=3,
        help_text=_("本人のことばで。家族だけの相談なら、家族のことばで"),
    )
    concern = Written(label=_("解決したい課題"), rows=3)
    aim = Written(label=_("このプランでめざすこと"), rows=2)
    starts_on = Day(label=_("期間のはじめ"), required=False)
    ends_on = Day(label=_("期間のおわり"), required=False, initial=None)
    worker = Named(label=_("担当者"), queryset=Staff.objects.none(), required=False)
    work_support = forms.BooleanField(label=_("就労支援対象者とする"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "worker", workers_for(case))
        if not new:
            del self.fields["whose"]


class LineForm(forms.Form):
    """One line of a plan; an empty one says nothing."""

    needed: str
    missing: Any

    @property
    def says(self) -> bool:
        """Whether anything was written in it."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    def clean(self) -> dict[str, Any]:
        """What is needed is asked for only where something else was written."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if any(said.get(name) for name in self.fields) and not said.get(self.needed) and not self.errors:
            self.add_error(self.needed, self.missing)
        return said


class GoalForm(LineForm):
    """A goal in the person's own words."""

    needed, missing = "words", _("本人の目標を書いてください")
    words = Written(label=_("本人のことばで"), rows=2)
    until = Day(label=_("いつごろまでに"), required=False, initial=None)


class StepForm(LineForm):
    """A step: what, at which level, who, how often, until when."""

    needed, missing = "what", _("することを書いてください")
    what = Written(label=_("すること"))
    level = forms.ChoiceField(label=_("段階"), choices=[("", "―"), *PlanStep.Level.choices], required=False)
    who_kind = forms.ChoiceField(label=_("だれが"), choices=[("", "―"), *PlanStep.Who.choices], required=False)
    who = Written(label=_("名前・機関"))
    often = Written(label=_("頻度"))
    until = Day(label=_("いつまで"), required=False, initial=None)

    def __init__(self, *args: Any, people: Mapping[str, Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        self.fields["who"].widget.attrs["list"] = "people-here"
        self.fields["what"].widget.attrs["list"] = "menus-here"

    def said(self) -> StepSaid:
        """The step; a name of one of our own people is that person."""
        staff = self.people.get(self.cleaned_data["who"].strip())
        return StepSaid(**self.cleaned_data | {"staff": staff, "who": "" if staff else self.cleaned_data["who"]})


class UseForm(LineForm):
    """The use of a service."""

    needed, missing = "service", _("事業を選んでください")
    service = Named(label=_("事業"), queryset=PlanService.objects.none(), required=False)
    agency = Written(label=_("実施するところ"))
    starts_on = Day(label=_("利用のはじめ"), required=False, initial=None)
    ends_on = Day(label=_("利用のおわり"), required=False, initial=None)
    reason = Written(label=_("延長の理由"), help_text=_("就労準備支援を1年をこえて使うときなど"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", services(clock.today()))


class ReviewForm(LineForm):
    """A day on which the plan is looked at together."""

    needed, missing = "due_on", _("日を入れてください")
    due_on = Day(label=_("モニタリングの予定日"), required=False, initial=None)


class PlanSheet:
    """The forms of one plan together; how many lines there are is what was sent, or what stands in the plan."""

    def __init__(self, data: Any, *, case: Case, plan: Plan | None = None, initial: Mapping[str, Any]) -> None:
        self.data, self.plan = data or None, plan
        self.people = {one.name: one for one in workers_for(case)}
        self.menus = [one.label for one in menus(clock.today())]
        said = said_of(plan) if plan else Content()
        self.head = HeadForm(self.data, case=case, new=plan is None, initial=dict(initial))
        self.goals = [(goal, list(self._steps(place, steps))) for place, (goal, steps) in enumerate(self._goals(said))]
        self.uses = list(self._lines(UseForm, "use", [vars(use) for use in said.uses], USES))
        self.reviews = list(self._lines(ReviewForm, "review", [{"due_on": day} for day in said.reviews], REVIEWS))

    def _goals(self, said: Content) -> Iterator[tuple[GoalForm, list[StepSaid]]]:
        steps = [list(goal.steps) for goal in said.goals]
        for place, form in enumerate(self._lines(GoalForm, "goal", [vars(goal) for goal in said.goals], GOALS)):
            yield form, steps[place] if place < len(steps) else []

    def _steps(self, goal: int, steps: list[StepSaid]) -> Iterator[StepForm]:
        lines = [vars(step) | {"who": step.staff.name if step.staff else step.who} for step in steps]
        return self._lines(StepForm, f"step-{goal}", lines, STEPS, people=self.people)

    def _lines(self, kind: Any, name: str, lines: list[dict[str, Any]], more: int, **options: Any) -> Iterator[Any]:
        count = len(lines) + more
        if self.data is not None:
            sent = sum(1 for key in self.data if key.startswith(f"{name}-") and key.endswith(f"-{kind.needed}"))
            # Somebody else may have added lines since; they stand here to be compared, and say nothing of their own.
            count = max(sent, len(lines))
        for place in range(count):
            initial = lines[place] if place < len(lines) else {}
            yield kind(self.data, prefix=f"{name}-{place}", initial=initial, **options)

    @property
    def every(self) -> Iterator[forms.Form]:
        """Every form of the page."""
        yield self.head
        for goal, steps in self.goals:
            yield goal
            yield from steps
        yield from self.uses
        yield from self.reviews

    def is_valid(self) -> bool:
        """Whether all forms are; otherwise the head says so, too."""
        if self.data is None:
            return False
        # A list: every form is asked, so that every mistake is said at once.
        if all([form.is_valid() for form in self.every]):  # noqa: C419 - as above
            return self._goals_have_words()
        if self.head.is_valid():
            self.head.add_error(None, translated(MARKED))
        return False

    def _goals_have_words(self) -> bool:
        lost = [goal for goal, steps in self.goals if not goal.says and any(step.says for step in steps)]
        for goal in lost:
            goal.add_error("words", gettext("ステップの前に、本人の目標を書いてください"))
        return not lost

    @property
    def beside(self) -> list[Beside]:
        """Where goals, services and review days differ from the plan as it is now, for a writer who was overtaken."""
        if not was_overtaken(self.head):
            return []
        goals = [
            Beside(gettext("目標%(number)s") % {"number": place}, *_two_versions([goal, *steps]))
            for place, (goal, steps) in enumerate(self.goals, 1)
        ]
        uses = Beside(gettext("使う事業・支援"), *_two_versions(self.uses))
        reviews = Beside(gettext("モニタリング"), *_two_versions(self.reviews))
        return differing([*goals, uses, reviews])

    def saved(self, writing: Callable[..., Plan], **arguments: Any) -> Plan:
        """The plan as it was written; what is refused of one service is said at its line.

        Raises:
            NotPossible: with the words for the top of the page.
        """
        try:
            return writing(**arguments)
        except UseRefused as refused:
            line = [use for use in self.uses if use.says][refused.place]
            line.add_error(refused.field, translated(refused))
            raise NotPossible(MARKED) from refused

    @cached_property
    def said(self) -> dict[str, Any]:
        """The arguments of the actions that write a plan."""
        head = dict(self.head.cleaned_data)
        goals = [
            GoalSaid(goal.cleaned_data["words"], goal.cleaned_data["until"], [s.said() for s in steps if s.says])
            for goal, steps in self.goals
            if goal.says
        ]
        uses = [UseSaid(**use.cleaned_data) for use in self.uses if use.says]
        days: list[dt.date] = [review.cleaned_data["due_on"] for review in self.reviews if review.says]
        return head | {"content": Content(goals, uses, days)}


def _two_versions(lines: Iterable[forms.Form]) -> tuple[str, str]:
    """What stands in these lines of the plan now, and what was written, one below the other."""
    every = [[(present_of(bound), mine_of(bound)) for bound in line.visible_fields()] for line in lines]
    present = ("　".join(filter(None, (now for now, _mine in line))) for line in every)
    mine = ("　".join(filter(None, (mine for _now, mine in line))) for line in every)
    return "\n".join(filter(None, present)), "\n".join(filter(None, mine))


def said_of(plan: Plan) -> Content:
    """What stands in a plan, for its form."""
    goals = [GoalSaid(goal.words, goal.until, [step_said(s) for s in goal.steps.all()]) for goal in plan.goals.all()]
    uses = [UseSaid(use.service, use.agency, use.starts_on, use.ends_on, use.reason) for use in plan.uses.all()]
    return Content(goals, uses, [review.due_on for review in plan.reviews.all() if not review.held_on])


def head_of(plan: Plan) -> dict[str, Any]:
    """What ``HeadForm`` shows of a plan at first."""
    names = ("hope", "concern", "aim", "starts_on", "ends_on", "worker", "work_support")
    return {name: getattr(plan, name) for name in names} | {"seen": version_of(plan)}
